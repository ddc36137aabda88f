import Canonical

/// The nodes of a document, one an IRI.
struct Graph: Sendable {
  private var nodes: [String: Node] = [:]

  /// Adds a node; one that is there already says both.
  mutating func add(_ node: Node) {
    guard let iri = node.iri else { return }
    if nodes[iri] == nil { nodes[iri] = node } else { nodes[iri]?.merge(node) }
  }

  /// Adds one statement, about a node that may be described elsewhere.
  mutating func add(_ iri: String, _ property: Property, _ object: String) {
    var node = Node(iri)
    node.add(property, object)
    add(node)
  }

  /// The JSON-LD document: the context inline, the nodes in the order of their IRIs' bytes.
  var json: JSONValue {
    let sorted = nodes.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
    return ["@context": context, "@graph": .array(sorted.map(\.json))]
  }

  /// The prefixes, and the types of the properties that the document uses.
  private var context: JSONValue {
    var context = DocumentContext(Namespace.ofActivities)
    for node in nodes.values { context.define(node) }
    return context.json
  }
}
