import Canonical

/// Reads the nodes of a document into what they describe.
struct GraphReader {
  let nodes: [String: NodeReader]
  /// The IRIs in the order of their bytes.
  let order: [String]

  init(_ json: JSONValue) throws(ActivityDocumentError) {
    guard let graph = json["@graph"]?.array else {
      throw ActivityDocumentError(
        code: .wrongType, node: "", message: "@graph is not an array of nodes")
    }
    var nodes: [String: NodeReader] = [:]
    for node in graph {
      guard let members = node.object, let iri = members["@id"]?.string else { continue }
      nodes[iri] = NodeReader(members, iri: iri)
    }
    self.nodes = nodes
    order = nodes.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The one activity that is no part of another.
  func root() throws(ActivityDocumentError) -> NodeReader {
    var activities: [NodeReader] = []
    var parts: Set<String> = []
    for iri in order {
      guard let node = nodes[iri], try node.types().contains("prov:Activity") else { continue }
      activities.append(node)
      parts.formUnion(try node.texts(.hasPart))
    }
    let roots = activities.filter { !parts.contains($0.iri) }
    guard roots.count == 1, let root = roots.first else {
      throw ActivityDocumentError(
        code: .noActivity, node: "",
        message: "the document describes \(roots.count) activities, not one")
    }
    return root
  }

  func document(of node: NodeReader) throws(ActivityDocumentError) -> ActivityDocument {
    var parts: [ActivityDocument] = []
    for iri in try node.texts(.hasPart) {
      guard let part = nodes[iri] else { throw node.missing(.hasPart) }
      guard try part.texts(.hasPart).isEmpty else {
        throw part.wrongType(Property.hasPart.name, "empty: a part has no parts")
      }
      parts.append(try document(of: part))
    }
    parts.sort { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    var document = ActivityDocument(
      event: try event(of: node),
      links: (try used(by: node), try made(by: node), try invalidated(by: node)), parts: parts)
    document.informedBy.removeAll { id in parts.contains { $0.id == id } }
    try readAgents(of: node, into: &document)
    return document
  }

  private func event(of node: NodeReader) throws(ActivityDocumentError) -> Event {
    guard let id = ActivityID(node.iri) else { throw node.wrongType("@id", "an activity's IRI") }
    var event = Event(
      id: id, operation: try node.required(.operation), startedAt: try node.time(.startedAtTime),
      endedAt: try node.time(.endedAtTime), outcome: try outcome(of: node),
      plan: try plan(node.iri + "#plan"), informedBy: try node.activities(.wasInformedBy),
      exchange: try exchange(of: node), exitCode: try node.int(.exitCode))
    event.repeats = try node.activities(.repeats).first
    event.isReproduced = try node.boolean(.reproduced)
    return event
  }

  private func outcome(of node: NodeReader) throws(ActivityDocumentError) -> Outcome {
    let message = try node.text(.message) ?? ""
    switch try node.required(.outcome) {
    case "ca:succeeded", Namespace.ca.rawValue + "succeeded": return .succeeded
    case "ca:failed", Namespace.ca.rawValue + "failed":
      return .failed(message: message, status: try node.int(.failureStatus))
    case "ca:unknown", Namespace.ca.rawValue + "unknown": return .unknown(reason: message)
    default: throw node.wrongType(Property.outcome.name, "an outcome")
    }
  }

  private func exchange(of node: NodeReader) throws(ActivityDocumentError) -> Exchange? {
    guard let exchange = try node.nodes(.exchange).first else { return nil }
    var result = Exchange(statusCode: try exchange.int(.statusCode))
    if let count = try exchange.integer(.requestByteCount) {
      result.request = Exchange.Body(
        byteCount: count, digest: try exchange.digest(.requestDigest))
    }
    if let count = try exchange.integer(.responseByteCount) {
      result.response = Exchange.Body(
        byteCount: count, digest: try exchange.digest(.responseDigest))
    }
    return result
  }

  private func plan(_ iri: String) throws(ActivityDocumentError) -> Plan {
    guard let node = nodes[iri] else { return Plan() }
    let command = try node.texts(.commandLine)
    var plan = Plan(command: command.isEmpty ? nil : command)
    plan.inputs = try node.texts(.declaredInput)
    plan.outputs = try node.texts(.declaredOutput)
    if let method = try node.text(.method) {
      let query = try node.texts(.query).map { item in
        let name = item.prefix { $0 != "=" }
        return QueryItem(String(name), String(item.dropFirst(name.count + 1)))
      }
      plan.request = Plan.Request(method: method, route: try node.required(.route), query: query)
      if let body = try node.text(.requestBody) {
        guard let json = try? JSONValue(parsing: body) else {
          throw node.wrongType(Property.requestBody.name, "JSON")
        }
        plan.request?.body = json
      }
    }
    plan.dockerfile = try content(.dockerfile, .dockerfile, of: node)
    plan.buildContext = try content(.buildContext, .buildContext, of: node)
    plan.build = try buildPlan(of: node)
    return plan
  }

  private func content(
    _ property: Property, _ kind: Content.Kind, of plan: NodeReader
  ) throws(ActivityDocumentError) -> Content? {
    guard let iri = try plan.text(property) else { return nil }
    guard let node = nodes[iri], let digest = try node.digest(.digest) else {
      throw plan.missing(property)
    }
    return Content(
      kind, digest: digest, byteCount: try node.integer(.byteCount) ?? 0,
      path: try node.text(.path))
  }
}
