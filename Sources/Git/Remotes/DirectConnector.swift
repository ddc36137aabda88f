import Processes
import SystemPackage

/// Connects to the remotes that have a stream of bytes each way: folders of this machine, by git
/// itself; `ssh`, by the user's own; and git's own protocol, by TCP.
///
/// A folder is served by git, as git does it, so that its hooks run.
package struct DirectConnector: GitConnector {
  private let address: GitAddress
  private let environment: [String: String]

  /// The user's `ssh`, as a shell has it; nil for the one in `PATH`.
  private let sshCommand: String?
  private let patience: DescriptorConnection.Patience

  package let isStateless = false

  /// - Parameters:
  ///   - address: not one of HTTP.
  ///   - settings: git's configuration, for `core.sshCommand`.
  ///   - environment: `GIT_SSH_COMMAND`, `GIT_SSH`, and what the programs get.
  ///   - limit: how long the remote may be silent.
  ///   - isCancelled: asked while the remote is waited for.
  package init(
    to address: GitAddress, _ settings: [GitSetting], environment: [String: String],
    limit: Duration, isCancelled: @escaping () -> Bool
  ) {
    self.address = address
    self.environment = GitProgram.neutral(environment)
    sshCommand =
      environment["GIT_SSH_COMMAND"] ?? settings.last { $0.name == "core.sshcommand" }?.value
    patience = DescriptorConnection.Patience(limit: limit, isCancelled: isCancelled)
  }

  package func connect(
    _ service: GitService, isAdvertising: Bool
  ) throws -> any GitConnection {
    switch address {
    case .local(let path): try connectLocally(service, path)
    case .ssh(_, _, _, let path):
      try connectSecurely("\(service.rawValue) \(Self.quoted(try plain(path)))")
    case .git(let host, let port, let path): try connectPlainly(service, host, port, path)
    case .http:
      throw GitRemoteError(.address, "what is reached over HTTP is not reached directly")
    }
  }

  private func connectLocally(
    _ service: GitService, _ path: String
  ) throws -> any GitConnection {
    guard let git = GitProgram(in: environment) else {
      throw GitRemoteError(.missingProgram, "there is no git, which serves a folder as a remote")
    }
    let command = String(service.rawValue.dropFirst("git-".count))
    return try CommandConnection(
      [git.path, command, try plain(path)], environment: environment, named: "git \(command)",
      patience)
  }

  /// Runs a program on the other side.
  ///
  /// - Parameter command: as the shell there takes it.
  private func connectSecurely(_ command: String) throws -> any GitConnection {
    guard case .ssh(let user, let host, let port, _) = address else {
      throw GitRemoteError(.address, "no program is run on what is not reached by ssh")
    }
    var words = port.map { ["-p", String($0)] } ?? []
    words += [try plain(user.map { "\($0)@\(host)" } ?? host), command]
    if let sshCommand {
      let shell = ["/bin/sh", "-c", sshCommand + " \"$@\"", sshCommand]
      return try CommandConnection(
        shell + words, environment: environment, named: "ssh", patience)
    }
    guard let program = SpawnedProcess.find(environment["GIT_SSH"] ?? "ssh", in: environment)
    else {
      throw GitRemoteError(.missingProgram, "there is no ssh (Debian package openssh-client)")
    }
    return try CommandConnection(
      [program] + words, environment: environment, named: "ssh", patience)
  }

  private func connectPlainly(
    _ service: GitService, _ host: String, _ port: Int, _ path: String
  ) throws -> any GitConnection {
    let connection = try SocketConnection(host: host, port: port, patience)
    let request = Array("\(service.rawValue) \(path)\0host=\(host):\(port)\0".utf8)
    let length = String(request.count + 4, radix: 16)
    let line = Array((String(repeating: "0", count: 4 - length.count) + length).utf8) + request
    try line.withUnsafeBytes { try connection.write($0) }
    return connection
  }

  /// Runs a program on the other side that is given nothing to read.
  ///
  /// - Parameters:
  ///   - program: its name.
  ///   - words: what follows the path of the repository.
  /// - Returns: its output, at most a megabyte.
  /// - Throws: `GitRemoteError`, of code `missingProgram` when the other side knows none of it.
  package func output(of program: String, _ words: [String]) throws -> [UInt8] {
    guard case .ssh(_, _, _, let path) = address else {
      throw GitRemoteError(.address, "no program is run on what is not reached by ssh")
    }
    // Those who answer for it may know no quotes.
    let isPlain = path.utf8.allSatisfy { byte in
      byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A
        || "/._~+@%-".utf8.contains(byte)
    }
    let place = isPlain ? try plain(path) : Self.quoted(try plain(path))
    let connection = try connectSecurely(([program, place] + words).joined(separator: " "))
    defer { connection.close() }
    var output: [UInt8] = []
    while true {
      let chunk = try [UInt8](unsafeUninitializedCapacity: 4096) { room, count in
        count = try connection.read(into: UnsafeMutableRawBufferPointer(room))
      }
      if chunk.isEmpty { return output }
      output += chunk
      guard output.count <= Self.outputLimit else {
        throw GitRemoteError(.tooLarge, "\(program) says more than is taken")
      }
    }
  }

  private static let outputLimit = 1 << 20

  /// Refuses what a program would take for an option.
  private func plain(_ word: String) throws -> String {
    guard !word.hasPrefix("-") else {
      throw GitRemoteError(.address, "an address has a part that begins with a hyphen: \(word)")
    }
    return word
  }

  /// A word as the shell of the other side takes it.
  private static func quoted(_ word: String) -> String {
    var text = "'"
    for character in word {
      text += character == "'" || character == "!" ? "'\\\(character)'" : String(character)
    }
    return text + "'"
  }
}
