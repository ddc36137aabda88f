import Canonical

/// The container engine, as it describes itself. Source: Engine API, GET /version and /info.
package struct EngineAgent: Sendable, Hashable {
  /// The engine's own id.
  package var id: String
  /// "Docker Engine", "Podman Engine".
  package var name: String
  package var version: String
  package var apiVersion: String?
  package var operatingSystem: String?
  package var kernelVersion: String?
  package var architecture: String?
  package var storageDriver: String?

  package init(
    id: String, name: String, version: String, apiVersion: String? = nil,
    operatingSystem: String? = nil, kernelVersion: String? = nil, architecture: String? = nil,
    storageDriver: String? = nil
  ) {
    self.id = id
    self.name = name
    self.version = version
    self.apiVersion = apiVersion
    self.operatingSystem = operatingSystem
    self.kernelVersion = kernelVersion
    self.architecture = architecture
    self.storageDriver = storageDriver
  }

  /// The IRI of the engine through all its upgrades.
  package static func iri(of id: String) -> String { IRI.local(.docker, "engine", id) }

  /// The IRI of the engine as it is now: an upgrade of anything described here makes another
  /// agent, so that what several documents say of one IRI never contradicts.
  package var iri: String {
    let facts = [
      name, version, apiVersion, operatingSystem, kernelVersion, architecture, storageDriver,
    ]
    return IRI.local(.docker, "engine", id, Host.digest(of: facts))
  }

  func describe(in graph: inout Graph) {
    var node = Node(iri, "prov:Agent", "prov:SoftwareAgent", "docker:Engine")
    node.add(.name, name)
    node.add(.label, name + " " + version)
    node.add(.version, version)
    node.add(.engineID, id)
    node.add(.apiVersion, apiVersion)
    node.add(.operatingSystem, operatingSystem)
    node.add(.kernelVersion, kernelVersion)
    node.add(.architecture, architecture)
    node.add(.storageDriver, storageDriver)
    node.add(.specializationOf, Self.iri(of: id))
    graph.add(node)
  }
}
