import Canonical
import DockerEngine
import HTTP
import Provenance

/// A transport that records what passes through it.
///
/// Reads pass as they are. Everything else is refused when it would label something with what is
/// no document, is written down before it can change anything or anything of it is handed on, is
/// counted and digested as it passes, and is recorded when it is over.
struct RecordingTransport: HTTPTransport {
  let recorder: Recorder
  let log: any OperationLog
  let engine: any HTTPTransport

  /// What the caller knows beyond the bytes.
  var notes = OperationNotes()

  func withResponse<Result: Sendable>(
    to request: HTTPRequest, _ handle: (HTTPResponse) async throws -> Result
  ) async throws -> Result {
    guard let match = RouteTable.match(method: request.method, target: request.target),
      match.route.isRecorded
    else { return try await engine.withResponse(to: request, handle) }
    if !notes.isTransient {
      try await HandedInLabels.check(
        request, match, for: recorder.observer.engine.dialect,
        loadingWith: recorder.environment.contexts)
    }
    var operation = RecordedOperation(match, recorder: recorder, notes: notes)
    let begun = ContinuousClock.now
    // Where there can be no file, nothing is asked for: nothing has left the engine yet.
    let keeper = try await keeper(for: match.route)
    let labelled = await operation.prepare(request)
    let intent = operation.intent
    let beginning = Task { try await log.begin(intent) }
    // What only copies out changes nothing: the engine may be at it while the intent is synced.
    if match.route.effect != .copiesOut { _ = try await beginning.value }
    recorder.add(ContinuousClock.now - begun)
    let tap = operation.tap
    // While the engine works, what the record needs besides is got ready.
    async let agent = recorder.observer.agent()
    async let foresight = Foresight(of: intent, recorder)
    let answer: Swift.Result<Result, any Error>
    do {
      let tapped = tap.tapped(labelled)
      let result = try await engine.withResponse(to: keeper?.kept(tapped) ?? tapped) { response in
        _ = try await beginning.value
        let tapped = tap.tapped(response)
        let response = keeper?.kept(tapped) ?? tapped
        let result = try await handle(response)
        // A caller may leave the end of a small answer unread.
        if match.route.flow == .message { for try await _ in response.body {} }
        return result
      }
      answer = .success(result)
    } catch {
      answer = .failure(error)
    }
    let isOver = ContinuousClock.now
    let ticket = try await beginning.value
    _ = await agent
    var failure: (any Error)?
    if case .failure(let error) = answer { failure = error }
    try await settle(ticket, operation, await foresight, keeper, error: failure, since: isOver)
    return try answer.get()
  }

  /// What keeps the archive that leaves the engine, or the context of a build; nil where nothing is
  /// to be kept.
  private func keeper(for route: Route) async throws -> ContentKeeper? {
    guard notes.keepsContent else { return nil }
    if route == RouteTable.imageBuild { return try await recorder.history.makeKeeper(of: .request) }
    guard route.effect == .copiesOut else { return nil }
    return try await recorder.history.makeKeeper(of: .response)
  }

  /// Decides what the record says. It runs to its end although the caller was cancelled: what
  /// happened must be written down.
  private func settle(
    _ ticket: any OperationTicket, _ operation: RecordedOperation, _ foresight: Foresight,
    _ keeper: ContentKeeper?, error: (any Error)?, since isOver: ContinuousClock.Instant
  ) async throws {
    defer { recorder.add(ContinuousClock.now - isOver) }
    try await Task {
      switch operation.ending(error) {
      case .nothing: try await ticket.discard()
      case .uncertain: await ticket.leave()
      case .over(let outcome):
        var result = await operation.result(outcome, foresight)
        if let keeper { await recorder.keep(&result, in: keeper) }
        try await ticket.finish(result)
      }
    }.value
  }
}

/// What the caller of an operation knows and the bytes do not tell.
struct OperationNotes: Sendable {
  var build: BuildNotes?

  /// Where the archive that comes in is from.
  var origin: Location?

  /// Whether the archive that leaves the engine is taken apart as it comes: a digest of it would name
  /// what nobody has.
  var takesApart = false

  /// Whether the archive that leaves the engine, or the context of a build, is kept in the history.
  var keepsContent = false

  /// Whether a container that is created is gone when the operation is over. It is known by its
  /// name: a label would go on to the image that is made of it. What is labelled was checked before,
  /// as far as a user handed it in.
  var isTransient = false
}

/// What the caller of a build knows and its bytes do not tell.
struct BuildNotes: Sendable {
  var dockerfile: Content

  /// The Dockerfile's text, for the secrets in it: a message of the engine may quote them.
  var dockerfileText: String

  /// The images that it uses.
  var baseNames: [String]

  /// The stages that are built.
  var stages: [BuildPlan.Stage]
}

extension BuildNotes {
  init(_ input: BuildInput, _ stages: [DockerfileSummary.Stage]) {
    self.init(
      dockerfile: input.dockerfile, dockerfileText: input.dockerfileText,
      baseNames: DockerfileSummary.images(of: stages),
      stages: stages.map { BuildPlan.Stage(name: $0.name, base: $0.base, platform: $0.platform) })
  }
}
