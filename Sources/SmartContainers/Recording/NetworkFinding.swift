import Canonical
import DockerEngine
import Provenance

/// What an engine said of a network at one moment, without secrets.
struct NetworkFinding: Sendable, Hashable {
  var id: String
  var name: String
  var driver: String?

  /// The redacted configuration; nil where only the identity is known.
  var snapshot: JSONValue?

  init(id: String, name: String, driver: String? = nil) {
    self.id = id
    self.name = name
    self.driver = driver
  }

  init(_ inspection: NetworkInspection, redactor: inout Redactor) {
    id = inspection.id
    name = inspection.name
    driver = inspection.driver
    snapshot = Snapshot.network(
      inspection: inspection.json.withoutActivityLabel, redactor: &redactor)
  }

  /// The network as a PROV entity.
  func entity(on engine: String?) -> Network {
    Network(id: id, name: name, engine: engine, driver: driver)
  }
}

extension NetworkFinding: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("id", .string(id)), ("name", .string(name)), ("driver", driver.map { .string($0) }),
      ("snapshot", snapshot),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    id = try json.text("id")
    name = try json.text("name")
    driver = json["driver"]?.string
    snapshot = json["snapshot"]
  }
}

extension EngineObserver {
  /// The network now; nil when there is none or the engine does not answer. The redactor
  /// remembers the secrets that the network has.
  nonisolated func network(_ id: String, redactor: inout Redactor) async -> NetworkFinding? {
    guard let inspection = try? await engine.inspectNetwork(id) else { return nil }
    return NetworkFinding(inspection, redactor: &redactor)
  }
}
