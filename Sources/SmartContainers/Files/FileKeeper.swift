import Canonical
import Glibc
import History
import Provenance
import SystemPackage

/// Keeps the bytes of files in the history, each under its digest.
///
/// It blocks: it is for threads of their own.
struct FileKeeper: Sendable {
  private let store: ContentStore
  private static let chunk = 1 << 20

  init(_ store: ContentStore) { self.store = store }

  /// Keeps the bytes of the files among these, and returns all with the paths of their pointers.
  ///
  /// - Throws: `HistoryError` when the history cannot take them; `SmartContainersError` for a file
  ///   that is not what its digest says any more; `CancellationError`.
  func keep(_ files: [RunFile], isCancelled: () -> Bool) throws -> [RunFile] {
    try files.map { file in
      guard file.content.kind == .file else { return file }
      let content = LargeContent(file.content)
      if !store.has(content) { try copy(file, as: content, isCancelled) }
      var kept = file
      kept.content.pointerPath = content.pointerPath(.file)
      return kept
    }
  }

  private func copy(_ file: RunFile, as content: LargeContent, _ isCancelled: () -> Bool) throws {
    let draft = try store.begin()
    var hasher = SHA256Hasher()
    let source = try FileDescriptor.open(
      FilePath(file.hostPath), .readOnly, options: .closeOnExec)
    try source.closeAfter {
      while true {
        guard !isCancelled() else { throw CancellationError() }
        let bytes = try [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
          count = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        guard !bytes.isEmpty else { break }
        hasher.update(bytes)
        try draft.append(bytes)
      }
    }
    guard hasher.finalize() == content.digest else {
      throw SmartContainersError(
        .failed, "\(file.hostPath) changed while it was kept",
        hint: "Wait until whatever writes to it is done, and try again.")
    }
    try draft.keep(as: content)
  }
}
