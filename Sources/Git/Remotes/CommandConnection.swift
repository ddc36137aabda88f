import Glibc
import Processes
import SystemPackage

/// A connection to a program that speaks git's protocol: `ssh`, or git itself.
final class CommandConnection: GitConnection {
  private let process: SpawnedProcess
  private let connection: DescriptorConnection
  private let name: String
  private var isClosed = false

  /// How long a program may take to end once nobody listens to it.
  private static let grace = Duration.seconds(1)

  /// - Parameter name: what messages call it.
  init(
    _ arguments: [String], environment: [String: String], named name: String,
    _ patience: DescriptorConnection.Patience
  ) throws {
    let stdin = try Pipe.large()
    let stdout = try FileDescriptor.pipe(options: .closeOnExec)
    let stderr = try FileDescriptor.pipe(options: .closeOnExec)
    defer { for file in [stdin.readEnd, stdout.writeEnd, stderr.writeEnd] { try? file.close() } }
    do {
      process = try SpawnedProcess(
        arguments, environment: environment, input: stdin.readEnd, output: stdout.writeEnd,
        error: stderr.writeEnd)
    } catch {
      for file in [stdin.writeEnd, stdout.readEnd, stderr.readEnd] { try? file.close() }
      throw GitRemoteError(.missingProgram, "\(name) cannot be run: \(error)")
    }
    self.name = name
    connection = DescriptorConnection(
      input: stdout.readEnd, output: stdin.writeEnd, complaints: stderr.readEnd, patience)
  }

  deinit { close() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try connection.read(into: buffer)
    if count == 0 { try finish() }
    return count
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    do {
      try connection.write(bytes)
    } catch let error as GitRemoteError where error.code == .cutShort {
      // What it answered, or else what it died of, says more than that it did.
      if !connection.hasUnread { try finish() }
      throw error
    }
  }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    connection.close()
    _ = end()
    connection.closeComplaints()
  }

  /// Waits for its end, and no longer than a moment.
  private func end() -> Int32 {
    if !process.hasEnded(within: Self.grace) { process.signal(SIGTERM) }
    if !process.hasEnded(within: Self.grace) { process.signal(SIGKILL) }
    return (try? process.wait()) ?? -1
  }

  /// Says what it ended with, unless all went well.
  private func finish() throws {
    guard !isClosed else { return }
    isClosed = true
    connection.close()
    let status = end()
    connection.closeComplaints()
    guard status != 0 else { return }
    let said = String(decoding: connection.complaint, as: UTF8.self)
    let lines = said.split(whereSeparator: \.isNewline).joined(separator: "\n")
    // What a shell says of a program that is not there (POSIX, "Exit Status for Commands").
    let code = status == 127 ? .missingProgram : Self.code(of: lines)
    throw GitRemoteError(
      code, "\(name) ended with status \(status)", said: lines)
  }

  /// ssh and git end with the same status for everything: only their words tell it apart.
  private static func code(of said: String) -> GitRemoteError.Code {
    let signs: [(String, GitRemoteError.Code)] = [
      ("Permission denied", .authentication), ("Host key verification failed", .untrusted),
      ("does not appear to be a git repository", .notFound), ("not a git repository", .notFound),
      ("Could not resolve hostname", .unreachable), ("Connection refused", .unreachable),
      ("Connection timed out", .unreachable), ("dubious ownership", .refused),
      // git-shell's, which runs git's own programs only.
      ("unrecognized command", .missingProgram),
    ]
    return signs.first { said.contains($0.0) }?.1 ?? .cutShort
  }
}
