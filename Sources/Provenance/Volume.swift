/// A volume of an engine.
package struct Volume: Sendable, Hashable {
  package var name: String
  /// The id of the engine that holds it.
  package var engine: String
  package var driver: String?

  package init(name: String, engine: String, driver: String? = nil) {
    self.name = name
    self.engine = engine
    self.driver = driver
  }

  /// How commit messages name it: names are the engine's own.
  package var field: String { "\(engine)/\(name)" }

  package var iri: String { IRI.local(.docker, "volume", engine, name) }

  var node: Node {
    var node = Node(iri, "prov:Entity", "docker:Volume")
    node.add(.label, name)
    node.add(.volumeName, name)
    node.add(.volumeDriver, driver)
    node.add(.engine, EngineAgent.iri(of: engine))
    return node
  }
}
