import Canonical

/// The context of a document: prefixes, and the types of the properties that the document uses.
struct DocumentContext: Sendable {
  private var members: [String: JSONValue] = [:]

  init(_ namespaces: [Namespace]) {
    for namespace in namespaces { members[namespace.prefix] = .string(namespace.rawValue) }
  }

  var json: JSONValue { .object(members) }

  /// Defines the properties that a node and those within it use.
  mutating func define(_ node: Node) {
    for statement in node.statements {
      let property = statement.property
      if let definition = Self.definition(of: property.range) {
        members[property.name] = definition
      }
      for case .node(let inner) in statement.values { define(inner) }
    }
  }

  private static func definition(of range: Property.Range) -> JSONValue? {
    switch range {
    case .hexadecimal: ["@type": "xsd:hexBinary"]
    case .iri: ["@type": "@id"]
    case .iriList: ["@container": "@list", "@type": "@id"]
    case .long: ["@type": "xsd:long"]
    case .nonNegativeInteger: ["@type": "xsd:nonNegativeInteger"]
    case .textList: ["@container": "@list"]
    case .time: ["@type": "xsd:dateTime"]
    case .boolean, .integer, .node, .text: nil
    }
  }
}
