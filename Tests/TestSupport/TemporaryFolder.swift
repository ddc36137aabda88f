import Foundation
import SystemPackage

/// A new folder that is removed, with what is in it, when nothing refers to this any longer.
package final class TemporaryFolder: Sendable {
  /// Where it is: under `TMPDIR`, else under the system's folder for temporary files.
  package let path: FilePath

  package init() throws {
    path = try Self.make()
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path.string)
  }

  /// Makes a new folder that nobody removes by itself.
  package static func make() throws -> FilePath {
    let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array(FilePath(parent).appending("sc-test-XXXXXX").string.utf8CString)
    guard let made = mkdtemp(&template) else { throw CommandError.system("mkdtemp", errno) }
    return FilePath(String(cString: made))
  }

  /// Writes a file, and the folders to it, and says where it is.
  @discardableResult
  package func write(_ text: String, to name: String, mode: Int = 0o644) throws -> FilePath {
    let file = path.pushing(FilePath(name))
    try FileManager.default.createDirectory(
      atPath: file.removingLastComponent().string, withIntermediateDirectories: true)
    try text.write(toFile: file.string, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.string)
    return file
  }
}
