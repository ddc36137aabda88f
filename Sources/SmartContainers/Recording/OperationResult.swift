import Canonical
import DockerEngine
import Provenance

/// How an operation went, and what the engine said afterwards of what it changed.
struct OperationResult: Sendable, Hashable {
  var endedAt: Timestamp
  var outcome: Outcome
  var exchange: Exchange?

  /// The container afterwards.
  var container: ContainerFinding?

  /// The image that was used or made.
  var image: ImageFinding?

  /// The volume afterwards.
  var volume: VolumeFinding?

  /// The network afterwards.
  var network: NetworkFinding?

  /// The images that a build used.
  var bases: [BaseFinding] = []

  /// The context of a build.
  var buildContext: Content?

  /// The archive that left the engine, or came to it.
  var archive: Content?

  /// The images that came in an archive or left in one, that a pull of all tags brought or a push of
  /// all tags took.
  var images: [ImageFinding] = []

  /// What a push left in the registry.
  var pushed: [PushedImage] = []

  /// Names taken off images, by the engine's answer.
  var untagged: [String] = []

  /// Images that were deleted, or what a prune removed, by the engine's answer.
  var deleted: [String] = []

  /// The operation before it on the same container or image, where the history knows one.
  var previous: ActivityID?

  /// The exit code of the process in the container.
  var exitCode: Int?

  /// What the process read and wrote.
  var streams: [Content] = []

  /// The files that came out of a run.
  var outputs: [RunFile] = []

  /// Whether what was done again came out as before; nil where nobody compared.
  var isReproduced: Bool?
}

extension OperationResult: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("endedAt", .string(endedAt.description)), ("outcome", outcome.json),
      ("exchange", exchange?.json), ("container", container?.json), ("image", image?.json),
      ("volume", volume?.json), ("network", network?.json), ("bases", JournalObject.list(bases)),
      ("buildContext", buildContext?.json),
      ("archive", archive?.json),
      ("images", images.isEmpty ? nil : JournalObject.list(images)),
      ("pushed", pushed.isEmpty ? nil : JournalObject.list(pushed)),
      ("untagged", JournalObject.strings(untagged)), ("deleted", JournalObject.strings(deleted)),
      ("previous", previous.map { .string($0.description) }),
      ("exitCode", exitCode.map { .integer(Int64($0)) }),
      ("streams", JournalObject.list(streams)),
      ("outputs", outputs.isEmpty ? nil : JournalObject.list(outputs)),
      ("isReproduced", isReproduced.map { .bool($0) }),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    endedAt = try json.time("endedAt")
    guard let outcome: Outcome = try json.value("outcome") else {
      throw JournalValueError(member: "outcome")
    }
    self.outcome = outcome
    exchange = try json.value("exchange")
    container = try json.value("container")
    image = try json.value("image")
    volume = try json.value("volume")
    network = try json.value("network")
    bases = try json.list("bases")
    buildContext = try json.value("buildContext")
    archive = try json.value("archive")
    images = try json.list("images")
    pushed = try json.list("pushed")
    untagged = json["untagged"]?.strings ?? []
    deleted = json["deleted"]?.strings ?? []
    previous = json["previous"]?.string.flatMap { ActivityID($0) }
    exitCode = json["exitCode"]?.integer.map { Int($0) }
    streams = try json.list("streams")
    outputs = try json.list("outputs")
    isReproduced = json["isReproduced"].map { $0 == true }
  }
}

extension Outcome: JournalValue {
  var json: JSONValue {
    switch self {
    case .succeeded: ["kind": "succeeded"]
    case .failed(let message, let status):
      JournalObject.make([
        ("kind", "failed"), ("message", .string(message)),
        ("status", status.map { .integer(Int64($0)) }),
      ])
    case .unknown(let reason): ["kind": "unknown", "message": .string(reason)]
    }
  }

  init(json: JSONValue) throws(JournalValueError) {
    switch try json.text("kind") {
    case "succeeded": self = .succeeded
    case "failed":
      self = .failed(
        message: try json.text("message"), status: json["status"]?.integer.map { Int($0) })
    case "unknown": self = .unknown(reason: try json.text("message"))
    default: throw JournalValueError(member: "kind")
    }
  }

  var isFailure: Bool {
    if case .failed = self { true } else { false }
  }

  /// The word for it in commit messages.
  var word: String {
    switch self {
    case .succeeded: "succeeded"
    case .failed: "failed"
    case .unknown: "unknown"
    }
  }
}

extension Exchange: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("statusCode", statusCode.map { .integer(Int64($0)) }), ("request", request?.json),
      ("response", response?.json),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      statusCode: json["statusCode"]?.integer.map { Int($0) },
      request: try json.value("request"), response: try json.value("response"))
  }
}

extension Exchange.Body: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("byteCount", .integer(byteCount)), ("digest", digest.map { .string($0.description) }),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      byteCount: json["byteCount"]?.integer ?? 0,
      digest: json["digest"]?.string.flatMap { SHA256Digest($0) })
  }
}
