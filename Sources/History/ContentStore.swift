import Glibc
import SystemPackage

/// The large content of a history, `lfs/objects`, where Git LFS looks for it.
///
/// Every function blocks.
package struct ContentStore: Sendable {
  private let layout: RepositoryLayout

  init(_ layout: RepositoryLayout) { self.layout = layout }

  /// The large content of any git repository, such as a remote in a folder.
  package init(ofRepositoryAt path: FilePath) { self.init(RepositoryLayout(path)) }

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
    return stat(path(of: content).string, &status) == 0 && status.st_size == content.byteCount
  }

  /// Opens the bytes to read them.
  package func open(_ content: LargeContent) throws(HistoryError) -> FileDescriptor {
    try Folder.attempt("open", path(of: content)) {
      try FileDescriptor.open(path(of: content), .readOnly, options: .closeOnExec)
    }
  }

  /// Where the bytes are, or would be.
  package func path(of content: LargeContent) -> FilePath {
    content.objectPath.reduce(layout.largeObjects.path) { $0.appending($1) }
  }

  /// Goes on with content of which a part may have come before.
  ///
  /// - Returns: nil while another process is at it.
  package func resume(_ content: LargeContent) throws(HistoryError) -> ContentPartial? {
    try Self.make(layout.largeContent, in: layout.root)
    try Self.make(layout.incomingContent, in: layout.largeContent)
    let name = content.digest.hexadecimal + Self.partialSuffix
    let path = layout.incomingContent.file(name)
    while true {
      let file = try Folder.attempt("open", path) {
        try FileDescriptor.open(
          path, .readWrite, options: [.create, .noFollow, .closeOnExec],
          permissions: [.ownerReadWrite, .groupRead, .otherRead])
      }
      guard try FileLock.tryLock(file, path) else {
        close(file.rawValue)
        return nil
      }
      if Journal.isSame(file, path) {
        return try ContentPartial(file, name, of: content, in: layout)
      }
      close(file.rawValue)
    }
  }

  /// Moves a whole file of those that come in to where the content belongs; when this returns its
  /// bytes survive a power cut.
  func take(
    _ file: FileDescriptor, named name: String, as content: LargeContent
  ) throws(HistoryError) {
    let path = layout.incomingContent.file(name)
    var status = stat()
    try Folder.check("look at", path) { fstat(file.rawValue, &status) }
    // As git's own objects: to be read by whom the user lets, and written by nobody.
    try Folder.check("protect", path) { fchmod(file.rawValue, status.st_mode & 0o444) }
    try Folder.check("sync", path) { fsync(file.rawValue) }
    var folder = layout.largeObjects
    try Self.make(folder, in: layout.largeContent)
    for name in content.objectPath.dropLast() {
      let inner = Folder(folder.file(name))
      try Self.make(inner, in: folder)
      folder = inner
    }
    try layout.incomingContent.move(name, to: folder.file(content.digest.hexadecimal))
    try folder.sync()
  }

  /// Removes what processes left that did not live to the end of what they kept.
  ///
  /// What was fetched in part stays for a week, to be gone on with.
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
      if name.hasSuffix(Self.partialSuffix), Self.isRecent(file) { continue }
      try layout.incomingContent.remove(name)
      count += 1
    }
    return count
  }

  private static let partialSuffix = ".part"
  private static let partialAge = 7 * 24 * 3600

  private static func isRecent(_ file: FileDescriptor) -> Bool {
    var status = stat()
    return fstat(file.rawValue, &status) == 0
      && time(nil) - status.st_mtim.tv_sec < Self.partialAge
  }

  /// Makes a folder that survives a power cut, where it is missing. Who may write to the one that
  /// it is in may write to it, too: a remote may be shared by a group.
  static func make(_ folder: Folder, in parent: Folder) throws(HistoryError) {
    guard access(folder.path.string, F_OK) != 0 else { return }
    try folder.create()
    var status = stat()
    if stat(parent.path.string, &status) == 0 { chmod(folder.path.string, status.st_mode & 0o7777) }
    try parent.sync()
  }
}

extension HistoryRepository {
  /// The large content beside the history.
  package var content: ContentStore { ContentStore(layout) }
}
