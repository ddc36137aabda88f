import Canonical

/// The machine on which `sc` ran.
package struct Host: Sendable, Hashable {
  /// The id that the history gave the machine.
  package var id: String
  package var hostname: String
  package var operatingSystem: String
  package var kernelVersion: String
  package var architecture: String
  package var coreCount: Int
  package var memoryInBytes: Int64

  package init(
    id: String, hostname: String, operatingSystem: String, kernelVersion: String,
    architecture: String, coreCount: Int, memoryInBytes: Int64
  ) {
    self.id = id
    self.hostname = hostname
    self.operatingSystem = operatingSystem
    self.kernelVersion = kernelVersion
    self.architecture = architecture
    self.coreCount = coreCount
    self.memoryInBytes = memoryInBytes
  }

  /// The IRI of the machine through all its changes.
  package var iri: String { Self.iri(ofID: id) }

  static func iri(ofID id: String) -> String { IRI.local(.ce, "host", id) }

  /// The IRI of the machine as it is now; another kernel is another environment.
  package var environmentIRI: String {
    let facts = [
      hostname, operatingSystem, kernelVersion, architecture, String(coreCount),
      String(memoryInBytes),
    ]
    return IRI.local(.ce, "environment", id, Self.digest(of: facts))
  }

  /// A short digest of facts, each with its place.
  static func digest(of facts: [String?]) -> String {
    let values = facts.map { $0.map(JSONValue.string) ?? .null }
    return String(SHA256Digest(of: JSONValue.array(values).bytes()).hexadecimal.prefix(16))
  }

  func describe(in graph: inout Graph) {
    var node = Node(environmentIRI, "prov:Location", "prov:Entity", "ce:ComputationalEnvironment")
    node.add(.label, hostname)
    node.add(.host, iri)
    node.add(.hostID, id)
    node.add(.hostname, hostname)
    node.add(.operatingSystem, operatingSystem)
    node.add(.kernelVersion, kernelVersion)
    node.add(.architecture, architecture)
    node.add(.coreCount, Int64(coreCount))
    node.add(.memoryInBytes, memoryInBytes)
    graph.add(node)
  }
}
