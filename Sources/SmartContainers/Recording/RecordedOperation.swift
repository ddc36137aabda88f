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
  let match: RouteTable.Match
  let recorder: Recorder

  /// Knows the secrets of the request, and those of what it is about.
  private var redactor: Redactor

  /// Whether what is made will carry the activity's id.
  private(set) var isLabelled = false

  /// Whether what is made is to carry it.
  private let isToBeLabelled: Bool

  /// Whether the request holds secrets, so that its digest would help to guess them.
  private var hasSecretRequest = false

  init(_ match: RouteTable.Match, recorder: Recorder, notes: OperationNotes) {
    self.match = match
    self.recorder = recorder
    isToBeLabelled = Self.labelled.contains(match.route) && !notes.isTransient
    tap = ExchangeTap(
      match.route, recorder.observer.engine.dialect, digestsAnswer: !notes.takesApart)
    redactor = recorder.environment.redactor
    let now = recorder.environment.now()
    var request = Plan.Request(method: match.route.method, route: match.route.template)
    request.query = redactor.redact(query: match.query.map { QueryItem($0.name, $0.value) })
    intent = Intent(
      id: recorder.environment.makeID(now), operation: match.route.operation, startedAt: now,
      participants: recorder.environment.participants,
      command: redactor.redact(arguments: recorder.environment.arguments),
      engine: recorder.observer.address, request: request,
      target: match.variables.first ?? match.query("container"),
      origin: notes.origin?.redacted(by: &redactor), dockerfile: notes.build?.dockerfile,
      baseNames: notes.build?.baseNames ?? [])
    guard let build = notes.build else { return }
    _ = redactor.redact(text: build.dockerfileText)
    intent.stages = build.stages.map { stage in
      var stage = stage
      stage.base = redactor.scrub(stage.base)
      return stage
    }
  }

  /// Looks at what the operation is about, and returns the request as it is to be sent.
  mutating func prepare(_ request: HTTPRequest) async -> HTTPRequest {
    var request = request
    if case .bytes(let bytes) = request.body, let body = try? JSONValue(parsing: bytes) {
      intent.request?.body = redactor.redact(json: body)
      if isToBeLabelled {
        request.body = .bytes(labelled(body).bytes())
        isLabelled = true
      }
    }
    hasSecretRequest = !redactor.secrets.isEmpty
    // The command and the query may repeat what the body showed to be a secret.
    intent.command = redactor.redactRepetitions(in: intent.command)
    let query = intent.request?.query ?? []
    intent.request?.query = zip(query, redactor.redactRepetitions(in: query.map(\.value))).map {
      QueryItem($0.name, $1)
    }
    await observeSubject()
    return request
  }

  /// Asks the engine for what the operation is about.
  private mutating func observeSubject() async {
    let observer = recorder.observer
    if intent.isTransfer {
      if let name = intent.transferredName { intent.image = await observer.image(name) }
    } else if match.route.isPrune {
      intent.candidates = await observer.pruneCandidates(of: intent.kind, isIdle: true) ?? []
    } else if match.route == RouteTable.volumeCreate {
      guard let name = intent.request?.body?["Name"]?.string, !name.isEmpty else { return }
      intent.target = name
      intent.volume = await observer.volume(name, redactor: &redactor)
    } else if match.route.isOnNetwork, let id = match.variables.first {
      intent.network = await observer.network(id, redactor: &redactor)
      if let container = intent.request?.body?["Container"]?.string {
        intent.container = await observer.container(container, redactor: &redactor)
      }
    } else if match.route.isOnVolume, let name = match.variables.first {
      intent.volume = await observer.volume(name, redactor: &redactor)
    } else if match.route.isOnImage, let name = match.variables.first {
      intent.image = await observer.image(name)
    } else if let id = match.containerName {
      intent.container = await observer.container(id, redactor: &redactor)
    }
  }

  /// The operations whose results carry the activity's id.
  private static let labelled: Set<Route> = [
    RouteTable.containerCreate, RouteTable.networkCreate, RouteTable.volumeCreate,
  ]

  /// The body of a create with the label by which a later process finds what it made.
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
      if (error as? TransportError)?.isBeforeSending == true { return .nothing }
      return cutShort ?? .uncertain
    }
    if status == 304 { return .nothing }
    if let failure = tap.failure {
      return .over(.failed(message: scrubbed(failure), status: status))
    }
    guard tap.isComplete else {
      // Nothing was changed, and who asked has not got it.
      return match.route.effect == .copiesOut
        ? .over(.failed(message: "the archive was not read to its end", status: nil))
        : cutShort ?? .uncertain
    }
    return changedNothing ? .nothing : .over(.succeeded)
  }

  /// That an import failed because its archive did: an engine makes no image before the last
  /// byte, and did not get it. Nil where the archive came to its end.
  private var cutShort: Ending? {
    guard match.route == RouteTable.imageImport, let failure = tap.requestFailure else {
      return nil
    }
    let message = SmartContainersError(describing: failure).message
    return .over(.failed(message: scrubbed(message), status: nil))
  }

  private func scrubbed(_ message: String) -> String {
    var redactor = redactor
    return redactor.scrub(message)
  }

  /// Looks at what the operation changed, and sums it up.
  func result(_ outcome: Outcome, _ foresight: Foresight) async -> OperationResult {
    let answer = tap.answer
    let quotesSecret = tap.failure.map { scrubbed($0) != $0 } ?? false
    var result = OperationResult(
      endedAt: recorder.environment.now(), outcome: outcome,
      exchange: tap.exchange(hasSecrets: hasSecretRequest || quotesSecret))
    var evidence = OperationEvidence(intent: intent, redactor: redactor)
    switch intent.operation {
    case RouteTable.containerCreate.operation:
      evidence.createdContainer = answer?["Id"]?.string
    case RouteTable.containerCommit.operation:
      evidence.madeImage = answer?["Id"]?.string
    case RouteTable.imageBuild.operation:
      result.buildContext = tap.requestContent(.buildContext)
      evidence.madeImage = tap.lines.compactMap { $0["aux"]?["ID"]?.string }.last
      evidence.resolvedBases = tap.resolvedImages
    case RouteTable.imageLoad.operation:
      evidence.imageNames = tap.lines.flatMap { EngineClient.loadedImages($0) }
    case RouteTable.imageImport.operation:
      evidence.madeImage = tap.lines.compactMap { EngineClient.importedImage($0) }.last
    case RouteTable.imageSave.operation:
      evidence.imageNames = intent.queries("names")
    case RouteTable.imagePull.operation, RouteTable.imagePush.operation:
      let events = tap.lines.compactMap { ProgressEvent(json: $0) }
      evidence.pulledDigests = events.compactMap(\.pulledDigest)
      result.pushed = events.compactMap(\.pushedImage)
    case RouteTable.imageRemove.operation:
      result.untagged = (answer?.array ?? []).compactMap { $0["Untagged"]?.string }
      result.deleted = (answer?.array ?? []).compactMap { $0["Deleted"]?.string }
    case RouteTable.volumeCreate.operation:
      evidence.createdVolume = answer?["Name"]?.string
    case RouteTable.networkCreate.operation: evidence.createdNetwork = answer?["Id"]?.string
    case _ where match.route.isPrune: await sumUpPrune(&result)
    default: break
    }
    result.archive = outcome == .succeeded ? tap.archive : nil
    await evidence.observe(recorder, foresight, into: &result)
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
