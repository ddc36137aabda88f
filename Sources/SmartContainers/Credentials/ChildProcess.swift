import Glibc
import SystemPackage

/// A small program that is given a little to read and whose answer is read whole.
enum ChildProcess {
  /// What fits into a pipe that nobody reads yet (pipe(7)).
  private static let inputLimit = 65_536
  private static let outputLimit = 1 << 20

  /// Runs a program to its end; it blocks.
  ///
  /// - Parameter arguments: the path of the program first.
  /// - Returns: the exit status, 128 and the signal's number after a signal; standard output.
  /// - Throws: `Errno`.
  static func run(
    _ arguments: [String], environment: [String: String], input: [UInt8]
  ) throws -> (status: Int32, output: [UInt8]) {
    guard input.count <= inputLimit else { throw Errno.argListTooLong }
    let stdin = try FileDescriptor.pipe(options: .closeOnExec)
    defer { try? stdin.readEnd.close() }
    // Written before there is a reader: a program that reads nothing breaks no pipe.
    try stdin.writeEnd.closeAfter { _ = try stdin.writeEnd.writeAll(input) }
    let stdout = try FileDescriptor.pipe(options: .closeOnExec)
    defer { try? stdout.readEnd.close() }
    let process = try stdout.writeEnd.closeAfter {
      try spawn(arguments, environment, input: stdin.readEnd, output: stdout.writeEnd)
    }
    let output = Result { try readAll(stdout.readEnd) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw Errno(rawValue: errno) }
    }
    let signal = status & 0x7F
    return (signal == 0 ? status >> 8 & 0xFF : 128 + signal, try output.get())
  }

  private static func readAll(_ file: FileDescriptor) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
      if count == 0 { return bytes }
      bytes += chunk.prefix(count)
      guard bytes.count <= outputLimit else { throw Errno.fileTooLarge }
    }
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String: String], input: FileDescriptor,
    output: FileDescriptor
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.rawValue, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output.rawValue, STDOUT_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What this process blocks or ignores is nothing to the child.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    let words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    let variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { name, value in strdup("\(name)=\(value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, arguments[0], &actions, &attributes, words, variables)
    guard code == 0 else { throw Errno(rawValue: code) }
    return process
  }
}
