import Canonical
import Provenance

/// What is about to be done: all that a later process needs to find out whether it happened,
/// and to describe it.
struct Intent: Sendable, Hashable {
  var id: ActivityID

  /// `container.create`, `run` …
  var operation: String
  var startedAt: Timestamp

  /// Who is about to do it; the engine is left out.
  var participants: Activity.Participants

  /// The arguments as the user typed them, redacted.
  var command: [String]

  /// Where the engine listens: an engine elsewhere knows nothing of this.
  var engine: String?

  /// The request, redacted; nil for a composite.
  var request: Plan.Request?

  /// The container or image as the request's path names it.
  var target: String?

  /// The container that it is about, as it was before.
  var container: ContainerFinding?

  /// The image that it is about, as it was before.
  var image: ImageFinding?

  /// The volume that it is about, as it was before.
  var volume: VolumeFinding?

  /// The network that it is about, as it was before.
  var network: NetworkFinding?

  /// What was there that a prune may remove.
  var candidates: [PruneCandidate] = []

  /// Where an archive that comes in is from; nil where nobody said.
  var origin: Location?

  /// The Dockerfile of a build.
  var dockerfile: Content?

  /// The images that a Dockerfile names as bases.
  var baseNames: [String] = []

  /// The files that a run is to read, as they are before it.
  var inputs: [RunFile] = []

  /// The paths and patterns of files that were declared.
  var declaredInputs: [String] = []
  var declaredOutputs: [String] = []

  /// The activity that is done again.
  var repeats: ActivityID?

  /// The stages of a Dockerfile that are to be built.
  var stages: [BuildPlan.Stage] = []

  /// A value of the query of the request; nil when it is not there.
  func query(_ name: String) -> String? {
    request?.query.first { $0.name == name }?.value
  }

  /// Every value of a query item that may stand several times.
  func queries(_ name: String) -> [String] {
    request?.query.filter { $0.name == name }.map(\.value) ?? []
  }
}

extension Intent: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("id", .string(id.description)), ("operation", .string(operation)),
      ("startedAt", .string(startedAt.description)), ("participants", participants.json),
      ("command", JournalObject.strings(command)),
      ("engine", engine.map { .string($0) }), ("request", request?.json),
      ("target", target.map { .string($0) }), ("container", container?.json),
      ("image", image?.json), ("volume", volume?.json), ("network", network?.json),
      ("candidates", candidates.isEmpty ? nil : JournalObject.list(candidates)),
      ("origin", origin?.json), ("dockerfile", dockerfile?.json),
      ("baseNames", baseNames.isEmpty ? nil : JournalObject.strings(baseNames)),
      ("stages", stages.isEmpty ? nil : JournalObject.list(stages)),
      ("inputs", inputs.isEmpty ? nil : JournalObject.list(inputs)),
      ("declaredInputs", declaredInputs.isEmpty ? nil : JournalObject.strings(declaredInputs)),
      ("declaredOutputs", declaredOutputs.isEmpty ? nil : JournalObject.strings(declaredOutputs)),
      ("repeats", repeats.map { .string($0.description) }),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    id = try json.activity("id")
    operation = try json.text("operation")
    startedAt = try json.time("startedAt")
    participants = try json.required("participants")
    command = json["command"]?.strings ?? []
    engine = json["engine"]?.string
    request = try json.value("request")
    target = json["target"]?.string
    container = try json.value("container")
    image = try json.value("image")
    volume = try json.value("volume")
    network = try json.value("network")
    candidates = try json.list("candidates")
    origin = try json.value("origin")
    dockerfile = try json.value("dockerfile")
    baseNames = json["baseNames"]?.strings ?? []
    stages = try json.list("stages")
    inputs = try json.list("inputs")
    declaredInputs = json["declaredInputs"]?.strings ?? []
    declaredOutputs = json["declaredOutputs"]?.strings ?? []
    repeats = json["repeats"]?.string.flatMap { ActivityID($0) }
  }
}

extension Plan.Request: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("method", .string(method)), ("route", .string(route)),
      ("query", .array(query.map { [.string($0.name), .string($0.value)] })), ("body", body),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    let query: [QueryItem] = (json["query"]?.array ?? []).compactMap { item in
      guard let pair = item.strings, pair.count == 2 else { return nil }
      return QueryItem(pair[0], pair[1])
    }
    self.init(
      method: try json.text("method"), route: try json.text("route"), query: query,
      body: json["body"])
  }
}

extension Content: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("kind", .string(kind.rawValue)), ("digest", .string(digest.description)),
      ("byteCount", .integer(byteCount)), ("path", path.map { .string($0) }),
      ("memberCount", memberCount.map { .integer($0) }),
      ("pointerPath", pointerPath.map { .string($0) }),
      ("mediaType", mediaType.map { .string($0) }),
      ("isExecutable", isExecutable ? true : nil),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    guard let kind = Kind(rawValue: try json.text("kind")) else {
      throw JournalValueError(member: "kind")
    }
    guard let digest = SHA256Digest(try json.text("digest")) else {
      throw JournalValueError(member: "digest")
    }
    self.init(
      kind, digest: digest, byteCount: json["byteCount"]?.integer ?? 0,
      path: json["path"]?.string, memberCount: json["memberCount"]?.integer,
      pointerPath: json["pointerPath"]?.string)
    mediaType = json["mediaType"]?.string
    isExecutable = json["isExecutable"] == true
  }
}
