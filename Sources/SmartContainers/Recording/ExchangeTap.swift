import Archive
import Canonical
import DockerEngine
import HTTP
import Provenance
import Synchronization

/// Counts and digests the bodies of one exchange as they pass, and keeps what the record needs.
final class ExchangeTap: Sendable {
  private struct State {
    var request = SHA256Hasher()
    var response = SHA256Hasher()

    /// The bytes of an answer that is not digested.
    var passed: Int64 = 0
    var status: Int?
    var answer: [UInt8] = []
    var isComplete = false
    var requestFailure: (any Error)?
    var lines: [JSONValue] = []
    var partialLine: [UInt8] = []
    var archive = TarMemberCounter()
    var resolvedImages: [String: String] = [:]
  }

  /// In which direction an archive passes; nil for an operation without one.
  private enum ArchiveDirection { case comesIn, goesOut }

  /// How much of an answer is kept.
  private static let answerLimit = 1 << 20

  private let route: Route
  private let dialect: EngineDialect
  private let state = Mutex(State())

  private let archiveDirection: ArchiveDirection?
  private let digestsAnswer: Bool

  init(_ route: Route, _ dialect: EngineDialect, digestsAnswer: Bool = true) {
    self.digestsAnswer = digestsAnswer
    self.route = route
    self.dialect = dialect
    archiveDirection =
      route.effect == .copiesOut
      ? .goesOut : Self.archiveReaders.contains(route.operation) ? .comesIn : nil
  }

  /// The operations that take an archive in.
  private static let archiveReaders = [
    RouteTable.containerCopyIn, RouteTable.imageLoad, RouteTable.imageImport,
  ].map(\.operation)

  /// The request, its body passing through here.
  func tapped(_ request: HTTPRequest) -> HTTPRequest {
    var request = request
    switch request.body {
    case .none: break
    case .bytes(let bytes): state.withLock { $0.request.update(bytes) }
    case .stream(let length, let next):
      request.body = .stream(length: length) {
        do {
          let chunk = try await next()
          if let chunk { self.takeRequest(chunk) }
          return chunk
        } catch {
          self.state.withLock { $0.requestFailure = error }
          throw error
        }
      }
    }
    return request
  }

  private func takeRequest(_ chunk: [UInt8]) {
    state.withLock { state in
      state.request.update(chunk)
      if archiveDirection == .comesIn { state.archive.update(chunk) }
    }
  }

  /// The response, its body passing through here.
  func tapped(_ response: HTTPResponse) -> HTTPResponse {
    state.withLock {
      $0.status = response.status
      $0.isComplete = response.status == 204 || response.status == 304
    }
    var tapped = response
    tapped.body = response.body.observed { self.take($0) }
    return tapped
  }

  private func take(_ chunk: [UInt8]?) {
    state.withLock { state in
      guard let chunk else {
        state.isComplete = true
        if route.flow == .streamsBoth { split([0x0A], into: &state) }
        return
      }
      if digestsAnswer {
        state.response.update(chunk)
      } else {
        state.passed += Int64(chunk.count)
      }
      if archiveDirection == .goesOut, (state.status ?? 0) < 400 {
        return state.archive.update(chunk)
      }
      if route.flow == .streamsBoth, state.status ?? 0 < 400 {
        split(chunk, into: &state)
      } else if state.answer.count < Self.answerLimit {
        state.answer += chunk
      }
    }
  }

  /// How many lines are kept: a pull or a push of all tags tells one of each, and of the long ones
  /// of a build the last are enough.
  private var lineLimit: Int { route.operation == RouteTable.imageBuild.operation ? 16 : 4096 }

  private static func isDigest(_ line: JSONValue) -> Bool {
    if case .digest = ProgressEvent(json: line) { true } else { false }
  }

  /// Keeps the lines of a streamed answer that tell a result or an error.
  private func split(_ chunk: [UInt8], into state: inout State) {
    for piece in chunk.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if piece.offset > 0 {
        let line = try? dialect.answer(JSONValue(parsing: state.partialLine), to: route)
        if let trace = line.flatMap(BuildTrace.init) {
          note(trace, in: &state)
        } else if let line,
          line["aux"] != nil || line["errorDetail"] != nil || line["error"] != nil
            || !EngineClient.loadedImages(line).isEmpty || EngineClient.importedImage(line) != nil
            || Self.isDigest(line)
        {
          state.lines = state.lines.suffix(lineLimit - 1) + [line]
        }
        state.partialLine = []
      }
      if state.partialLine.count < Self.answerLimit { state.partialLine += piece.element }
    }
  }

  /// How many images of one build are kept.
  private static let imageLimit = 256

  private func note(_ trace: BuildTrace, in state: inout State) {
    for case .step(let step) in trace.events {
      if let image = BuildTrace.resolvedImage(in: step.name),
        state.resolvedImages.count < Self.imageLimit
      {
        state.resolvedImages[image.name] = image.digest
      }
    }
  }

  /// The digests, by full names, for which BuildKit asked registries.
  var resolvedImages: [String: String] { state.withLock { $0.resolvedImages } }

  /// The HTTP status; nil when no answer came.
  var status: Int? { state.withLock { $0.status } }

  /// Why the request's body did not come to its end; nil when it did, or is not asked for more.
  var requestFailure: (any Error)? { state.withLock { $0.requestFailure } }

  /// Whether the answer was read to its end.
  var isComplete: Bool { state.withLock { $0.isComplete } }

  /// The answer as one JSON value.
  var answer: JSONValue? {
    state.withLock { try? JSONValue(parsing: $0.answer) }.map { dialect.answer($0, to: route) }
  }

  /// The lines of a streamed answer that tell a result or an error.
  var lines: [JSONValue] { state.withLock { $0.lines } }

  /// The error that the engine reported, in the status or in the stream.
  var failure: String? {
    guard let status else { return nil }
    if status >= 400 {
      let text = state.withLock { String(decoding: $0.answer, as: UTF8.self) }
      return answer?["message"]?.string ?? (text.isEmpty ? "status \(status)" : text)
    }
    guard let line = lines.last(where: { $0["errorDetail"] != nil || $0["error"] != nil }) else {
      return nil
    }
    return line["errorDetail"]?["message"]?.string ?? line["error"]?.string ?? "unknown error"
  }

  /// Sizes and digests; a digest is left out where the body held secrets.
  func exchange(hasSecrets: Bool) -> Exchange {
    state.withLock { state in
      Exchange(
        statusCode: state.status,
        request: state.request.byteCount == 0
          ? nil
          : Exchange.Body(
            byteCount: state.request.byteCount,
            digest: hasSecrets ? nil : state.request.finalize()),
        response: max(state.response.byteCount, state.passed) == 0
          ? nil
          : Exchange.Body(
            byteCount: max(state.response.byteCount, state.passed),
            digest: hasSecrets || !digestsAnswer ? nil : state.response.finalize()))
    }
  }

  /// The archive that passed, once it has passed; nil for an operation without one.
  var archive: Content? {
    state.withLock { state in
      let body: SHA256Hasher
      switch archiveDirection {
      case .comesIn: body = state.request
      case .goesOut: body = state.response
      case nil: return nil
      }
      guard body.byteCount > 0 else { return nil }
      return Content(
        .archive, digest: body.finalize(), byteCount: body.byteCount,
        memberCount: state.archive.isArchive ? state.archive.count : nil)
    }
  }

  /// The request's body as content: the context of a build.
  func requestContent(_ kind: Content.Kind) -> Content? {
    state.withLock { state in
      state.request.byteCount == 0
        ? nil
        : Content(kind, digest: state.request.finalize(), byteCount: state.request.byteCount)
    }
  }
}
