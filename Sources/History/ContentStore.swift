import Glibc
import SystemPackage

/// The large content of a history, `lfs/objects`, where Git LFS looks for it.
///
/// Every function blocks.
package struct ContentStore: Sendable {
  private let layout: RepositoryLayout

  init(_ layout: RepositoryLayout) { self.layout = layout }

  /// Begins to keep bytes whose digest is not known yet.
  package func begin() throws(HistoryError) -> ContentDraft {
    try Self.make(layout.largeContent, in: layout.root)
    try Self.make(layout.incomingContent, in: layout.largeContent)
    while true {
      let name = "\(getpid()).\(UInt32.random(in: .min ... .max))"
      let path = layout.incomingContent.file(name)
      let file = try Folder.attempt("make", path) {
        // The mode that it gets in the end, but for the owner's right to write.
        try FileDescriptor.open(
          path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec],
          permissions: [.ownerReadWrite, .groupRead, .otherRead])
      }
      // Who removes leftovers may come between the two; then another name is taken.
      if try FileLock.tryLock(file, path), Journal.isSame(file, path) {
        return ContentDraft(file, name, in: layout)
      }
      close(file.rawValue)
    }
  }

  /// Whether the bytes are here, by their number.
  package func has(_ content: LargeContent) -> Bool {
    var status = stat()
    let path = content.objectPath.reduce(layout.largeObjects.path) { $0.appending($1) }
    return stat(path.string, &status) == 0 && status.st_size == content.byteCount
  }

  /// Removes what processes left that did not live to the end of what they kept.
  ///
  /// - Returns: how many files.
  @discardableResult
  package func removeLeftovers() throws(HistoryError) -> Int {
    var count = 0
    for name in try layout.incomingContent.names() {
      let path = layout.incomingContent.file(name)
      // No pipe is waited for, and no link followed. What cannot be opened is nobody's draft.
      let opened = try? FileDescriptor.open(
        path, .readWrite, options: [.closeOnExec, .nonBlocking, .noFollow])
      guard let file = opened else { continue }
      defer { close(file.rawValue) }
      guard try FileLock.tryLock(file, path), Journal.isSame(file, path) else { continue }
      try layout.incomingContent.remove(name)
      count += 1
    }
    return count
  }

  /// Makes a folder that survives a power cut, where it is missing.
  static func make(_ folder: Folder, in parent: Folder) throws(HistoryError) {
    guard access(folder.path.string, F_OK) != 0 else { return }
    try folder.create()
    try parent.sync()
  }
}

extension HistoryRepository {
  /// The large content beside the history.
  package var content: ContentStore { ContentStore(layout) }
}
