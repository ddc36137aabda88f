import Canonical

/// The settings of a machine or of a person, with the agent that they make, as JSON-LD.
package struct SettingsDocument: Sendable, Hashable {
  /// A setting: the local name of its term, and its value.
  package struct Setting: Sendable, Hashable {
    package var term: String
    package var value: String

    /// Whether the value is an IRI.
    package var isIRI: Bool

    package init(term: String, value: String, isIRI: Bool = false) {
      self.term = term
      self.value = value
      self.isIRI = isIRI
    }
  }

  /// The machine; nil for a person's own settings.
  package var hostID: String?
  package var settings: [Setting]

  /// The agent; nil where the settings name none.
  package var person: Person?

  package init(hostID: String?, settings: [Setting], person: Person?) {
    self.hostID = hostID
    self.settings = settings
    self.person = person
  }

  /// The document, with its context inline.
  package var json: JSONValue {
    var graph = Graph()
    let iri = hostID.map { "urn:uuid:\($0)" } ?? IRI.local(.sc, "settings")
    var node = Node(iri, "sc:HostConfiguration")
    for setting in settings {
      node.add(Property("sc:" + setting.term, setting.isIRI ? .iri : .text), setting.value)
    }
    if let person {
      person.describe(in: &graph)
      node.add(.wasAttributedTo, person.iri)
    }
    graph.add(node)
    return graph.json
  }
}
