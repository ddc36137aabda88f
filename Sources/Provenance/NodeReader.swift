import Canonical

/// Reads the properties of one node of a document.
struct NodeReader {
  let iri: String
  private let members: [String: JSONValue]

  init(_ members: [String: JSONValue], iri: String) {
    self.iri = iri
    self.members = members
  }

  /// The node's classes, as written.
  func types() throws(ActivityDocumentError) -> [String] { try texts(of: "@type") }

  /// The values of a property: none, one or several.
  private func values(of name: String) -> [JSONValue] {
    switch members[name] {
    case nil, .null?: []
    case .array(let elements)?: elements
    case let value?: [value]
    }
  }

  func texts(_ property: Property) throws(ActivityDocumentError) -> [String] {
    try texts(of: property.name)
  }

  private func texts(of name: String) throws(ActivityDocumentError) -> [String] {
    var texts: [String] = []
    for value in values(of: name) {
      for element in value["@list"]?.array ?? [value] {
        guard let text = element.string ?? element["@id"]?.string ?? element["@value"]?.string
        else { throw wrongType(name, "text") }
        texts.append(text)
      }
    }
    return texts
  }

  func text(_ property: Property) throws(ActivityDocumentError) -> String? {
    try texts(property).first
  }

  func required(_ property: Property) throws(ActivityDocumentError) -> String {
    guard let text = try text(property) else { throw missing(property) }
    return text
  }

  func integer(_ property: Property) throws(ActivityDocumentError) -> Int64? {
    guard let value = values(of: property.name).first else { return nil }
    let inner = value["@value"] ?? value
    guard let number = inner.integer ?? inner.string.flatMap({ Int64($0) }) else {
      throw wrongType(property.name, "an integer")
    }
    return number
  }

  func int(_ property: Property) throws(ActivityDocumentError) -> Int? {
    guard let number = try integer(property) else { return nil }
    return Int(truncatingIfNeeded: number)
  }

  func boolean(_ property: Property) throws(ActivityDocumentError) -> Bool? {
    guard let value = values(of: property.name).first else { return nil }
    switch value["@value"] ?? value {
    case .bool(let isTrue): return isTrue
    default: throw wrongType(property.name, "a truth value")
    }
  }

  func time(_ property: Property) throws(ActivityDocumentError) -> Timestamp {
    guard let time = Timestamp(try required(property)) else {
      throw wrongType(property.name, "an RFC 3339 time")
    }
    return time
  }

  func digest(_ property: Property) throws(ActivityDocumentError) -> SHA256Digest? {
    guard let text = try text(property) else { return nil }
    guard let digest = SHA256Digest(text) else {
      throw wrongType(property.name, "a SHA-256 digest")
    }
    return digest
  }

  func activities(_ property: Property) throws(ActivityDocumentError) -> [ActivityID] {
    var ids: [ActivityID] = []
    for text in try texts(property) {
      guard let id = ActivityID(text) else { throw wrongType(property.name, "an activity's IRI") }
      ids.append(id)
    }
    return ids
  }

  /// The nodes that are written within this one.
  func nodes(_ property: Property) throws(ActivityDocumentError) -> [NodeReader] {
    var nodes: [NodeReader] = []
    for value in values(of: property.name) {
      guard let members = value.object else { throw wrongType(property.name, "a node") }
      nodes.append(NodeReader(members, iri: iri))
    }
    return nodes
  }

  func missing(_ property: Property) -> ActivityDocumentError {
    ActivityDocumentError(code: .missing, node: iri, message: "\(property.name) is missing")
  }

  func wrongType(_ name: String, _ expected: String) -> ActivityDocumentError {
    ActivityDocumentError(code: .wrongType, node: iri, message: "\(name) is not \(expected)")
  }
}
