import Canonical

/// What was to be done: the command as typed, the request it became. Redacted before it
/// comes here.
package struct Plan: Sendable, Hashable {
  /// A request to the engine.
  package struct Request: Sendable, Hashable {
    package var method: String
    /// The path with its variables open: `/containers/{id}/start`.
    package var route: String
    /// The query in the order of the request.
    package var query: [QueryItem]
    package var body: JSONValue?

    package init(
      method: String, route: String, query: [QueryItem] = [], body: JSONValue? = nil
    ) {
      self.method = method
      self.route = route
      self.query = query
      self.body = body
    }
  }

  /// The arguments as the user typed them, the program's name first.
  package var command: [String]?
  package var request: Request?
  package var dockerfile: Content?
  package var buildContext: Content?
  package var build: BuildPlan?
  /// The paths and patterns of the files that were to go in and to come out.
  package var inputs: [String] = []
  package var outputs: [String] = []

  package init(
    command: [String]? = nil, request: Request? = nil, dockerfile: Content? = nil,
    buildContext: Content? = nil, build: BuildPlan? = nil
  ) {
    self.command = command
    self.request = request
    self.dockerfile = dockerfile
    self.buildContext = buildContext
    self.build = build
  }

  func describe(as iri: String, in graph: inout Graph) {
    var node = Node(iri, "prov:Entity", "prov:Plan")
    node.add(.commandLine, list: command)
    node.add(.declaredInput, list: inputs)
    node.add(.declaredOutput, list: outputs)
    node.add(.method, request?.method)
    node.add(.route, request?.route)
    node.add(.query, list: request?.query.map { $0.name + "=" + $0.value })
    node.add(.requestBody, request?.body?.text())
    for (property, content) in [(Property.dockerfile, dockerfile), (.buildContext, buildContext)] {
      guard let content else { continue }
      node.add(property, content.iri)
      graph.add(content.node)
    }
    build?.describe(in: &node)
    graph.add(node)
  }
}

/// A name and value of a query, neither percent-encoded.
package struct QueryItem: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
