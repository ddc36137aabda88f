import Glibc
import History
import SystemPackage

/// A folder for a moment, in memory where that has room.
struct MemoryFolder: Sendable {
  private let folder: LockedFolder

  var path: FilePath { folder.path }

  private static let prefix = "sc-archive-"

  /// The history in it.
  static let historyName = "history.sc"

  /// Makes it in the first of some folders that has room, else in the last.
  ///
  /// - Parameter byteCount: of an archive; what is unpacked of it is thought to have twice as many.
  /// - Throws: `SmartContainersError` where none can be made.
  init(in parents: [FilePath], forArchiveOf byteCount: Int64) throws(SmartContainersError) {
    for parent in parents {
      LockedFolder.sweep(parent, prefix: Self.prefix) { names in
        names.allSatisfy { $0 == Self.historyName || $0.hasPrefix(SpooledFile.prefix) }
      }
    }
    for parent in parents where parent == parents.last || Self.hasRoom(parent, byteCount) {
      guard let folder = LockedFolder(in: parent, prefix: Self.prefix) else { continue }
      self.folder = folder
      return
    }
    let error = Errno(rawValue: errno)
    let names = parents.map(\.string).joined(separator: " or ")
    throw SmartContainersError(
      .failed, "no folder can be made in \(names): \(error)",
      hint: "Name another folder with TMPDIR.")
  }

  /// Removes it with what is in it.
  func remove() { folder.remove() }

  private static func hasRoom(_ parent: FilePath, _ byteCount: Int64) -> Bool {
    var room = statvfs()
    guard statvfs(parent.string, &room) == 0 else { return false }
    let (free, overflows) = UInt64(room.f_bavail).multipliedReportingOverflow(
      by: UInt64(room.f_frsize))
    return overflows || free / 2 >= UInt64(clamping: byteCount)
  }
}
