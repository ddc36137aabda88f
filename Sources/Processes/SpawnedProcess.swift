import Glibc
import SystemPackage

/// A program that runs; whoever starts it waits for it.
package struct SpawnedProcess: Sendable {
  private let id: pid_t

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: the path of the program first.
  ///   - error: what it has for standard error; nil for this process's own.
  /// - Throws: `Errno`.
  package init(
    _ arguments: [String], environment: [String: String], input: FileDescriptor,
    output: FileDescriptor, error: FileDescriptor? = nil
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.rawValue, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output.rawValue, STDOUT_FILENO)
    if let error { posix_spawn_file_actions_adddup2(&actions, error.rawValue, STDERR_FILENO) }
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
    id = process
  }

  /// Waits for its end.
  ///
  /// - Returns: the exit status, 128 and the signal's number after a signal.
  package func wait() throws -> Int32 {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 {
      guard errno == EINTR else { throw Errno(rawValue: errno) }
    }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  /// Waits for its end for some time.
  ///
  /// - Returns: whether it has ended.
  package func hasEnded(within limit: Duration) -> Bool {
    let deadline = ContinuousClock.now + limit
    var pause: UInt32 = 20
    while !hasEnded {
      guard ContinuousClock.now < deadline else { return false }
      usleep(pause)
      // A quarter of the time that it took is the most that is waited too long.
      pause = min(pause + pause / 4, 50_000)
    }
    return true
  }

  /// Sends it a signal.
  package func signal(_ number: Int32) { kill(id, number) }

  /// Whether it has ended, and can be waited for without waiting.
  package var hasEnded: Bool {
    var information = siginfo_t()
    // With WNOWAIT it can still be waited for.
    return waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT) != 0
      || information.si_signo != 0
  }
}

extension SpawnedProcess {
  /// Where a program is, by its name and `PATH`; nil when it is nowhere.
  package static func find(_ name: String, in environment: [String: String]) -> String? {
    if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
    return (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
      .map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
