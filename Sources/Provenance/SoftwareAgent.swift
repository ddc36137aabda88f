/// A program that acts for the person, and the library it acts through.
package struct SoftwareAgent: Sendable, Hashable {
  /// A library that a program is built on.
  package struct Library: Sendable, Hashable {
    package var name: String
    package var version: String

    package init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  package var name: String
  package var version: String
  package var library: Library?

  package init(name: String, version: String, library: Library? = nil) {
    self.name = name
    self.version = version
    self.library = library
  }

  /// One IRI a name and version: another version is another agent.
  package var iri: String { IRI.local(.sc, "software", name, version) }

  func describe(in graph: inout Graph) {
    var node = Node(iri, "prov:Agent", "prov:SoftwareAgent")
    node.add(.name, name)
    node.add(.label, name + " " + version)
    node.add(.version, version)
    if let library {
      let agent = SoftwareAgent(name: library.name, version: library.version)
      agent.describe(in: &graph)
      node.add(.requires, agent.iri)
    }
    graph.add(node)
  }
}
