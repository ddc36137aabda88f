/// A network of an engine.
package struct Network: Sendable, Hashable {
  /// The full id, which no two networks of the world share.
  package var id: String
  package var name: String?
  /// The id of the engine that holds it.
  package var engine: String?
  package var driver: String?

  package init(id: String, name: String? = nil, engine: String? = nil, driver: String? = nil) {
    self.id = id
    self.name = name
    self.engine = engine
    self.driver = driver
  }

  package var iri: String { IRI.local(.docker, "network", id) }

  var node: Node {
    var node = Node(iri, "prov:Entity", "docker:Network")
    node.add(.label, name ?? String(id.prefix(12)))
    node.add(.networkID, id)
    node.add(.networkName, name)
    node.add(.networkDriver, driver)
    node.add(.engine, engine.map(EngineAgent.iri))
    return node
  }
}
