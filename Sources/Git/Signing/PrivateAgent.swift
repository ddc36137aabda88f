import Glibc
import Processes
import SystemPackage

/// An agent of this process's own with one key, which ends with it.
///
/// So passphrases and the forms of key files stay OpenSSH's own business.
final class PrivateAgent {
  private static let startLimit = Duration.seconds(10)

  /// Should this process be killed, the agent is left, and soon without a key.
  private static let keySeconds = 600

  /// Where it listens.
  let socket: String
  private let folder: String
  private let process: SpawnedProcess

  /// Starts it and adds a key, whose passphrase `ssh-add` asks for at the terminal, or by
  /// `SSH_ASKPASS`.
  ///
  /// - Parameter file: the private key.
  init(with file: String, environment: [String: String]) throws(GitError) {
    let program = try Self.find("ssh-agent", environment)
    let adder = try Self.find("ssh-add", environment)
    var template = Array("/tmp/sc-agent-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Self.failure("no folder can be made in /tmp: \(Errno(rawValue: errno))")
    }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let socket = folder + "/agent"
    self.socket = socket
    do {
      let nothing = try FileDescriptor.open("/dev/null", .readWrite, options: .closeOnExec)
      process = try nothing.closeAfter {
        try SpawnedProcess(
          [program, "-D", "-a", socket, "-t", "\(Self.keySeconds)"], environment: environment,
          input: nothing, output: nothing, error: nothing)
      }
    } catch {
      rmdir(folder)
      throw Self.failure("\(program) cannot be run: \(error)")
    }
    try waitForSocket()
    try add(file, adder, environment.merging(["SSH_AUTH_SOCK": socket]) { $1 })
  }

  deinit {
    process.signal(SIGTERM)
    if !process.hasEnded(within: .seconds(2)) { process.signal(SIGKILL) }
    _ = try? process.wait()
    unlink(socket)
    rmdir(folder)
  }

  /// Waits until it takes a connection: its socket is there a moment before it listens.
  private func waitForSocket() throws(GitError) {
    let deadline = ContinuousClock.now + Self.startLimit
    while (try? SSHAgent(at: socket)) == nil {
      guard !process.hasEnded, ContinuousClock.now < deadline else {
        throw Self.failure("ssh-agent does not start")
      }
      usleep(1000)
    }
  }

  private func add(
    _ file: String, _ program: String, _ environment: [String: String]
  ) throws(GitError) {
    let status: Int32
    let said: String
    do {
      let errors = try ScratchFile()
      let nothing = try FileDescriptor.open("/dev/null", .writeOnly, options: .closeOnExec)
      // It asks at the terminal that it has for its input.
      status = try nothing.closeAfter {
        try SpawnedProcess(
          [program, "-q", file], environment: environment, input: .standardInput, output: nothing,
          error: errors.file
        ).wait()
      }
      said = try ChildProcess.contents(of: errors)
    } catch {
      throw Self.failure("\(program) cannot be run: \(error)")
    }
    guard status == 0 else {
      // Its warnings are framed.
      let lines = said.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("@") }
        .joined(separator: "; ")
      throw Self.failure("ssh-add does not take \(file)" + (lines.isEmpty ? "" : ": \(lines)"))
    }
  }

  private static func find(
    _ program: String, _ environment: [String: String]
  ) throws(GitError) -> String {
    guard let path = SpawnedProcess.find(program, in: environment) else {
      throw failure("there is no \(program), which has the key that signs")
    }
    return path
  }

  private static func failure(_ message: String) -> GitError {
    GitError(code: .unsigned, call: "sign", message: message)
  }
}
