import Glibc
import SmartContainers
import SystemPackage

/// Starts `sc gc --auto` beside the user's work, as git does with its own.
enum BackgroundConsolidation {
  /// POSIX_SPAWN_SETSID, which glibc hides from strict C and so from Swift.
  private static let newSession: Int16 = 0x80

  /// Starts it, detached from the terminal; when it cannot be started, the next one will be.
  static func start(for history: FilePath) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    let unblocked = Interruption.unblock(in: &attributes)
    posix_spawnattr_setflags(&attributes, newSession | unblocked)
    let words = ["sc", "gc", "--auto", "--sc-dir", history.string]
    let arguments: [UnsafeMutablePointer<CChar>?] =
      words.map { (word: String) in strdup(word) } + [nil]
    defer { for pointer in arguments { free(pointer) } }
    var process: pid_t = 0
    posix_spawn(&process, "/proc/self/exe", &actions, &attributes, arguments, environ)
  }
}
