import SmartContainers
import SystemPackage

/// A new file that an id is written to, as docker's `--cidfile` and `--iidfile` want it.
struct IDFile {
  private let file: FileDescriptor

  /// Makes the file: one that cannot be written must be known before anything is done.
  ///
  /// - Parameter replaces: whether a file that is there is replaced, as for `--iidfile`.
  init(_ path: FilePath, replaces: Bool = false) throws(UsageError) {
    do {
      file = try FileDescriptor.open(
        path, .writeOnly, options: replaces ? [.create, .truncate] : [.create, .exclusiveCreate],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw UsageError("\(path) cannot be made: \(error)")
    }
  }

  func write(_ id: String) throws { try file.closeAfter { _ = try file.writeAll(id.utf8) } }
}
