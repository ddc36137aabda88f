import Canonical
import DockerEngine
import HTTP
import Provenance

/// One operation on its way through the recorder.
struct RecordedOperation: Sendable {
  /// What is known once the exchange is over.
  enum Ending {
    /// It did not happen.
    case nothing
    /// It may have happened.
    case uncertain
    /// It is over, and this is how.
    case over(Outcome)
  }

  private(set) var intent: Intent
  let tap: ExchangeTap
  private let match: RouteTable.Match
  private let recorder: Recorder
  private var redactor: Redactor

  init(_ match: RouteTable.Match, recorder: Recorder, notes: BuildNotes?) {
    self.match = match
    self.recorder = recorder
    tap = ExchangeTap(match.route)
    redactor = recorder.environment.redactor
    let now = recorder.environment.now()
    let operation = match.route.operation
    var request = Plan.Request(method: match.route.method, route: match.route.template)
    request.query = redactor.redact(query: match.query.map { QueryItem($0.name, $0.value) })
    intent = Intent(
      id: recorder.environment.makeID(now), operation: operation, startedAt: now,
      command: redactor.redact(arguments: recorder.environment.arguments), request: request,
      dockerfile: notes?.dockerfile, baseNames: notes?.baseNames ?? [])
  }

  /// Looks at what the operation is about, and returns the request as it is to be sent.
  mutating func prepare(_ request: HTTPRequest) async -> HTTPRequest {
    var request = request
    if case .bytes(let bytes) = request.body, let body = try? JSONValue(parsing: bytes) {
      intent.request?.body = redactor.redact(json: body)
      if intent.operation == RouteTable.containerCreate.operation {
        request.body = .bytes(labelled(body).bytes())
      }
    }
    switch match.route.template {
    case RouteTable.containerCommit.template where match.query("container") != nil:
      intent.container = await recorder.observer.container(
        match.query("container") ?? "", redactor: redactor)
    case let template where template.contains("{id}"):
      intent.container = await recorder.observer.container(
        match.variables.first ?? "", redactor: redactor)
    case let template where template.contains("{name}"):
      intent.image = await recorder.observer.image(match.variables.first ?? "")
    default: break
    }
    return request
  }

  /// The body of a create with the label by which a later process finds the container.
  private func labelled(_ body: JSONValue) -> JSONValue {
    var members = body.object ?? [:]
    var labels = members["Labels"]?.object ?? [:]
    labels[ContainerFinding.label] = .string(intent.id.description)
    members["Labels"] = .object(labels)
    return .object(members)
  }

  /// What the exchange and the caller's error tell.
  func ending(_ error: (any Error)?) -> Ending {
    guard let status = tap.status else {
      return (error as? TransportError)?.isBeforeSending == true ? .nothing : .uncertain
    }
    if status == 304 { return .nothing }
    if let failure = tap.failure {
      return .over(.failed(message: redacted(failure), status: status))
    }
    return tap.isComplete ? .over(.succeeded) : .uncertain
  }

  private func redacted(_ message: String) -> String {
    var redactor = redactor
    return redactor.scrub(message)
  }

  /// Looks at what the operation changed, and sums it up.
  func result(_ outcome: Outcome) async -> OperationResult {
    let ended = recorder.environment.now()
    let answer = tap.answer
    var result = OperationResult(
      endedAt: ended, outcome: outcome,
      exchange: tap.exchange(hasSecrets: !redactor.secrets.isEmpty))
    if intent.operation == RouteTable.imageBuild.operation {
      result.buildContext = tap.requestContent(.buildContext)
    }
    var evidence = OperationEvidence(intent: intent, redactor: redactor)
    evidence.createdContainer =
      intent.operation == RouteTable.containerCreate.operation
      ? answer?["Id"]?.string : nil
    evidence.madeImage =
      intent.operation == RouteTable.containerCommit.operation
      ? answer?["Id"]?.string : tap.lines.compactMap { $0["aux"]?["ID"]?.string }.last
    await evidence.observe(recorder, into: &result)
    for removal in answer?.array ?? [] where intent.operation == RouteTable.imageRemove.operation {
      removal["Untagged"]?.string.map { result.untagged.append($0) }
      removal["Deleted"]?.string.map { result.deleted.append($0) }
    }
    return result
  }
}

extension TransportError {
  /// Whether the request certainly did not reach the engine.
  var isBeforeSending: Bool {
    [
      .noSocket, .refused, .permissionDenied, .unknownHost, .connectTimeout, .untrustedEngine,
      .certificateFile,
    ].contains(code)
  }
}
