import Glibc
import SmartContainers
import SystemPackage

/// The user's editor, chosen in git's habit.
struct Editor {
  private let command: String
  private let environment: [String: String]

  /// - Parameter environment: `VISUAL`, then `EDITOR`, then `vi`.
  init(_ environment: [String: String]) {
    self.environment = environment
    command =
      [environment["VISUAL"], environment["EDITOR"]].compactMap(\.self).first { !$0.isEmpty }
      ?? "vi"
  }

  /// Lets the user change a file.
  ///
  /// - Throws: `UsageError` when the editor cannot be started or does not end well.
  func edit(_ path: FilePath) throws {
    let status = run(on: path)
    guard status == 0 else {
      throw UsageError("the editor \(command) ended with \(status); nothing is changed")
    }
  }

  /// Runs the editor through the shell, as git does, and returns its exit code.
  private func run(on path: FilePath) -> Int32 {
    let arguments: [UnsafeMutablePointer<CChar>?] =
      ["/bin/sh", "-c", command + " \"$@\"", command, path.string]
      .map { (text: String) in strdup(text) } + [nil]
    let variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { name, value in strdup("\(name)=\(value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Interruption.unblock(in: &attributes))
    var process: pid_t = 0
    guard posix_spawn(&process, "/bin/sh", nil, &attributes, arguments, variables) == 0 else {
      return 127
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}
