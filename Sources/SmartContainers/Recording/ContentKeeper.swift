import HTTP
import History
import Provenance

/// Keeps the bytes of an answer as large content of the history, while they pass.
///
/// What cannot be kept, because the disk is full, stops neither the bytes nor the operation: they
/// may never leave the container again as they are now. The operation is recorded as it was,
/// without a pointer, and `Client.finish` says that it was not kept.
actor ContentKeeper {
  private let executor = BlockingExecutor(label: "smartcontainers.content")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let draft: ContentDraft
  private var failure: HistoryError?

  init(_ draft: ContentDraft) { self.draft = draft }

  /// The same body, each chunk written before its reader gets it: the sender waits for the disk.
  nonisolated func kept(_ body: HTTPResponseBody) -> HTTPResponseBody {
    HTTPResponseBody {
      var chunks = body.makeAsyncIterator()
      let chunk = try await chunks.next()
      if let chunk { await self.write(chunk) }
      return chunk
    }
  }

  private func write(_ chunk: [UInt8]) {
    guard failure == nil else { return }
    do throws(HistoryError) {
      try draft.append(chunk)
    } catch {
      failure = error
      // A disk that is full has room again for the record.
      draft.discard()
    }
  }

  /// Keeps what came under its digest.
  ///
  /// - Returns: the content with the path of its pointer.
  /// - Throws: what prevented that, now or while the bytes passed.
  func keep(_ content: Content) throws(HistoryError) -> Content {
    if let failure { throw failure }
    let kept = LargeContent(content)
    try draft.keep(as: kept)
    var content = content
    content.pointerPath = kept.pointerPath(.archive)
    return content
  }

  /// Gives up: what came is not all of it.
  func discard() { draft.discard() }
}

extension LargeContent {
  init(_ content: Content) { self.init(digest: content.digest, byteCount: content.byteCount) }
}

extension OperationDescription {
  /// Adds an archive that left the engine, and the pointer to it where it is kept.
  mutating func generate(archive: Content) {
    generate(.content(archive), as: .archive)
    guard archive.pointerPath != nil else { return }
    for file in LargeContent(archive).files(.archive) {
      snapshots.append((path: file.path, content: file.content))
    }
  }
}
