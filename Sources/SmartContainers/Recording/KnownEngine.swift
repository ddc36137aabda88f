import Canonical
import DockerEngine
import Provenance

/// An engine's identity as an earlier process heard it, with what proves that it is the same
/// engine still.
///
/// An engine runs other programs to say who it is, which takes it longer than most of what it is
/// asked to do. Who it is changes when it is started again, and that leaves its marks on the
/// socket and in the greeting, which every process sees anyway.
struct KnownEngine: Sendable, Hashable {
  /// What tells one run of an engine from another, beside its greeting.
  struct Place: Sendable, Hashable {
    var socket: EngineSocket

    /// The kernel's id of this start of the machine. Source: random(4).
    var bootID: String
  }

  var place: Place
  var greeting: EngineGreeting

  /// The identity; its API version is each process's own.
  var agent: EngineAgent

  /// When it was asked for, in seconds since the machine was started.
  var askedAt: Int64

  /// How long it is believed, in seconds. Where another process holds an engine's socket for it,
  /// a start with other settings leaves no mark.
  static let lifetimeInSeconds: Int64 = 600

  /// Whether it may still be behind that socket at that time.
  func isPlausible(at place: Place, _ now: Int64) -> Bool {
    self.place == place && askedAt <= now && now - askedAt <= Self.lifetimeInSeconds
  }
}

extension KnownEngine: JournalValue {
  var json: JSONValue {
    [
      "socket": place.socket.json, "bootID": .string(place.bootID), "greeting": greeting.json,
      "agent": agent.json, "askedAt": .integer(askedAt),
    ]
  }

  init(json: JSONValue) throws(JournalValueError) {
    place = Place(socket: try json.required("socket"), bootID: try json.text("bootID"))
    greeting = try json.required("greeting")
    agent = try json.required("agent")
    askedAt = try json.number("askedAt")
  }
}

extension EngineGreeting: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("apiVersion", .string(apiVersion.description)), ("server", server.map { .string($0) }),
      ("product", .string(dialect.product)),
      ("builderVersion", builderVersion.map { .string($0) }),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    guard let version = APIVersion(try json.text("apiVersion")) else {
      throw JournalValueError(member: "apiVersion")
    }
    self.init(
      apiVersion: version, server: json["server"]?.string,
      dialect: .of(product: try json.text("product")),
      builderVersion: json["builderVersion"]?.string)
  }
}

extension EngineAgent: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("id", .string(id)), ("name", .string(name)), ("version", .string(version)),
      ("operatingSystem", operatingSystem.map { .string($0) }),
      ("kernelVersion", kernelVersion.map { .string($0) }),
      ("architecture", architecture.map { .string($0) }),
      ("storageDriver", storageDriver.map { .string($0) }),
    ])
  }

  /// The API version is left out: each process agrees on its own.
  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      id: try json.text("id"), name: try json.text("name"), version: try json.text("version"),
      operatingSystem: json["operatingSystem"]?.string,
      kernelVersion: json["kernelVersion"]?.string, architecture: json["architecture"]?.string,
      storageDriver: json["storageDriver"]?.string)
  }
}
