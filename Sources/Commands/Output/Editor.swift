import Glibc
import SmartContainers
import SystemPackage

/// The user's editor, chosen in git's habit.
struct Editor {
  private let command: String
  private let environment: [String: String]

  /// A file that was edited.
  struct Edited {
    let path: FilePath
    let bytes: [UInt8]

    func remove() { unlink(path.string) }
  }

  /// - Parameter environment: `VISUAL`, then `EDITOR`, then `vi`.
  init(_ environment: [String: String]) {
    self.environment = environment
    command =
      [environment["VISUAL"], environment["EDITOR"]].compactMap(\.self).first { !$0.isEmpty }
      ?? "vi"
  }

  /// Lets the user change a text, in a file that nobody else can read.
  ///
  /// - Throws: `UsageError` when the editor cannot be started or does not end well.
  func edit(_ text: [UInt8], suffix: String) throws -> Edited {
    let folder = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var template = Array("\(folder)/sc-XXXXXX\(suffix)".utf8CString)
    let descriptor = mkstemps(&template, Int32(suffix.utf8.count))
    guard descriptor >= 0 else {
      throw UsageError("no file can be made in \(folder): \(Errno(rawValue: errno))")
    }
    let path = FilePath(
      String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    let file = FileDescriptor(rawValue: descriptor)
    try file.closeAfter { _ = try file.writeAll(text) }
    let status = run(on: path)
    guard status == 0 else {
      unlink(path.string)
      throw UsageError("the editor \(command) ended with \(status); nothing is changed")
    }
    return Edited(
      path: path, bytes: try TextFile.readBytes(path, limit: HandedInSettings.byteLimit))
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
