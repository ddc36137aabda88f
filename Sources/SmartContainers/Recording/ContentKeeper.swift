import HTTP
import History
import Provenance

/// Keeps the bytes of an answer, or of a build's context, as large content of the history, while
/// they pass.
///
/// What cannot be kept, because the disk is full, stops neither the bytes nor the operation: they
/// may never leave the container again as they are now. The operation is recorded as it was,
/// without a pointer, and `Client.finish` says that it was not kept.
actor ContentKeeper {
  private let executor = BlockingExecutor(label: "smartcontainers.content")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Which body of an exchange is kept.
  enum Side: Sendable {
    case request, response
  }

  nonisolated let side: Side
  private let draft: ContentDraft
  private var failure: HistoryError?

  init(of side: Side, _ draft: ContentDraft) {
    self.side = side
    self.draft = draft
  }

  /// The same request, each chunk written before the engine gets it.
  nonisolated func kept(_ request: HTTPRequest) -> HTTPRequest {
    guard side == .request, case .stream(let length, let next) = request.body else {
      return request
    }
    var request = request
    request.body = .stream(length: length) {
      let chunk = try await next()
      if let chunk { await self.write(chunk) }
      return chunk
    }
    return request
  }

  /// The same response, each chunk written before its reader gets it: the sender waits for the disk.
  nonisolated func kept(_ response: HTTPResponse) -> HTTPResponse {
    guard side == .response, response.status < 400 else { return response }
    var response = response
    let body = response.body
    response.body = HTTPResponseBody {
      var chunks = body.makeAsyncIterator()
      let chunk = try await chunks.next()
      if let chunk { await self.write(chunk) }
      return chunk
    }
    return response
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
    addPointer(to: archive, .archive)
  }

  /// Adds what a build read, and the pointer to it where it is kept.
  mutating func use(source: Content, as role: Role, _ form: LargeContent.Form) {
    use(.content(source), as: role)
    addPointer(to: source, form)
  }

  private mutating func addPointer(to content: Content, _ form: LargeContent.Form) {
    guard content.pointerPath != nil else { return }
    for file in LargeContent(content).files(form) {
      snapshots.append((path: file.path, content: file.content))
    }
  }
}
