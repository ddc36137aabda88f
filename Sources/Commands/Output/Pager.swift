import Glibc
import SystemPackage

/// A pager that long views on a terminal go through, chosen and set up in git's habit.
struct Pager {
  private let process: pid_t
  private let savedOutput: Int32

  /// Starts the pager and sends standard output into it; nil when none is wanted.
  ///
  /// - Parameter environment: `SC_PAGER`, then `PAGER`, then `less`; `cat` or nothing is none.
  ///   `LESS` is set to `FRX` unless it is set: quit if it fits, keep colours.
  static func start(for terminal: Terminal, environment: [String: String]) -> Pager? {
    let command = environment["SC_PAGER"] ?? environment["PAGER"] ?? "less"
    guard terminal.isInteractive, !command.isEmpty, command != "cat",
      canRun(command, environment["PATH"] ?? "/usr/bin:/bin")
    else { return nil }
    guard let ends = try? FileDescriptor.pipe(options: .closeOnExec) else { return nil }
    var variables = environment
    variables["LESS"] = environment["LESS"] ?? "FRX"
    defer { for end in [ends.readEnd, ends.writeEnd] { try? end.close() } }
    guard let process = spawn(command, input: ends.readEnd.rawValue, variables) else { return nil }
    let saved = dup(STDOUT_FILENO)
    dup2(ends.writeEnd.rawValue, STDOUT_FILENO)
    return Pager(process: process, savedOutput: saved)
  }

  /// Whether the shell will find the command's first word: a small system has no `less`.
  private static func canRun(_ command: String, _ path: String) -> Bool {
    let word = command.prefix { $0 != " " }
    let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_.+".contains($0) }
    // Paths, quotes, variables: the shell knows better.
    guard isPlain else { return true }
    return path.split(separator: ":").contains { access("\($0)/\(word)", X_OK) == 0 }
  }

  /// Ends the pager's input and waits until its user has left it.
  func finish() {
    dup2(savedOutput, STDOUT_FILENO)
    close(savedOutput)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  private static func spawn(
    _ command: String, input: Int32, _ environment: [String: String]
  ) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    let arguments: [UnsafeMutablePointer<CChar>?] =
      ["/bin/sh", "-c", command].map { (text: String) in strdup(text) } + [nil]
    let variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { name, value in strdup("\(name)=\(value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var process: pid_t = 0
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Interruption.unblock(in: &attributes))
    guard posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, variables) == 0 else {
      return nil
    }
    return process
  }
}
