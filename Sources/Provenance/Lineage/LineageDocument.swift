import Canonical

/// What a document states of where things come from.
///
/// It takes documents of others, too: one may describe several activities, and leave out times,
/// roles and labels.
package struct LineageDocument: Sendable {
  /// A way in which one thing comes from another.
  package enum Derivation: String, Sendable, CaseIterable {
    case wasDerivedFrom, wasRevisionOf, hadPrimarySource, specializationOf
  }

  /// Another node, and where it was read or written.
  package struct Link: Sendable, Hashable {
    package let iri: String
    package let place: String?

    package init(iri: String, place: String?) {
      self.iri = iri
      self.place = place
    }
  }

  package struct Activity: Sendable {
    package let iri: String
    package let operation: String
    package let startedAt: Timestamp?
    package let endedAt: Timestamp?
    /// `succeeded`, `failed`, `unknown`; nil where nothing is said.
    package let outcome: String?
    package let exitCode: Int?
    /// The words of the command that was run in a container, or typed; empty for none.
    package let command: [String]
    /// The names of the persons, else of the accounts, that it was associated with.
    package let people: [String]
    package let used: [Link]
    package let informedBy: [String]
    package let parts: [String]
  }

  package struct Thing: Sendable {
    package let iri: String
    package let kind: LineageKind
    package let label: String?
    /// Where the user had it.
    package let path: String?
    package let byteCount: Int64?
    /// The activities that made it, with where they put it.
    package fileprivate(set) var generatedBy: [Link]
    package let derivations: [(relation: Derivation, source: String)]
    package let members: [String]
    package let isInvalidated: Bool
  }

  /// By their IRIs.
  package private(set) var activities: [String: Activity] = [:]
  package private(set) var things: [String: Thing] = [:]

  /// - Throws: `ActivityDocumentError` for what is no JSON or has a value of a wrong type.
  package init(parsing bytes: some Collection<UInt8>) throws(ActivityDocumentError) {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw ActivityDocumentError(code: .notJSON, node: "", message: error.description)
    }
    let graph = try GraphReader(json["@graph"] == nil ? ["@graph": [json]] : json)
    var inverse: [(activity: String, thing: String)] = []
    for iri in graph.order {
      guard let node = graph.nodes[iri] else { continue }
      let types = try node.types()
      if types.contains("prov:Activity") {
        activities[iri] = try Activity(node, in: graph)
        for thing in try node.texts(.generated) { inverse.append((iri, thing)) }
      } else if !types.contains("prov:Agent") {
        things[iri] = try Thing(node, types: types, in: graph)
      }
    }
    for (activity, thing) in inverse {
      var made = things[thing] ?? Thing(undescribed: thing)
      if !made.generatedBy.contains(where: { $0.iri == activity }) {
        made.generatedBy.append(Link(iri: activity, place: nil))
      }
      things[thing] = made
    }
  }
}

extension LineageDocument.Activity {
  fileprivate init(_ node: NodeReader, in graph: GraphReader) throws(ActivityDocumentError) {
    iri = node.iri
    operation = try node.first(.operation, .label) ?? "activity"
    startedAt = try node.text(.startedAtTime).flatMap { Timestamp($0) }
    endedAt = try node.text(.endedAtTime).flatMap { Timestamp($0) }
    outcome = try node.text(.outcome).flatMap {
      $0.split { ":#".contains($0) }.last.map(String.init)
    }
    exitCode = try node.int(.exitCode)
    command = try graph.nodes[node.iri + "#plan"]?.texts(.commandLine) ?? []
    var people: [String] = []
    var accounts: [String] = []
    for agent in try node.texts(.wasAssociatedWith) {
      guard let described = graph.nodes[agent] else { continue }
      let types = try described.types()
      let name = try described.first(.name, .label) ?? agent
      if types.contains("prov:Person") { people.append(name) }
      if types.contains("foaf:OnlineAccount") { accounts.append(name) }
    }
    self.people = people.isEmpty ? accounts : people
    var places: [String: String] = [:]
    for usage in try node.nodes(.qualifiedUsage) {
      guard let entity = try usage.text(.entity) else { continue }
      places[entity] = try graph.place(usage)
    }
    used = try node.texts(.used).map { LineageDocument.Link(iri: $0, place: places[$0]) }
    informedBy = try node.texts(.wasInformedBy)
    parts = try node.texts(.hasPart)
  }
}

extension LineageDocument.Thing {
  fileprivate init(
    _ node: NodeReader, types: [String], in graph: GraphReader
  ) throws(ActivityDocumentError) {
    iri = node.iri
    kind = LineageKind(types: types, iri: node.iri)
    label = try node.text(.label)
    // Of a thing that is not one of ours the place may stand at the thing itself.
    let place = try graph.place(node)
    path = try node.text(.path) ?? place
    byteCount = try? node.integer(.byteCount)
    var places: [String: String] = [:]
    for generation in (try? node.nodes(.qualifiedGeneration)) ?? [] {
      guard let activity = try generation.text(.activity) else { continue }
      places[activity] = try graph.place(generation)
    }
    generatedBy = try node.texts(.wasGeneratedBy).map {
      LineageDocument.Link(iri: $0, place: places[$0])
    }
    var found: [(LineageDocument.Derivation, String)] = []
    let relations: [(Property, LineageDocument.Derivation)] = [
      (.wasDerivedFrom, .wasDerivedFrom), (.wasRevisionOf, .wasRevisionOf),
      (.hadPrimarySource, .hadPrimarySource), (.specializationOf, .specializationOf),
    ]
    for (property, relation) in relations {
      for source in try node.texts(property) { found.append((relation, source)) }
    }
    derivations = found.map { (relation: $0, source: $1) }
    members = try node.texts(.hadMember)
    isInvalidated = try !node.texts(.wasInvalidatedBy).isEmpty
  }

  fileprivate init(undescribed iri: String) {
    self.iri = iri
    kind = LineageKind(types: [], iri: iri)
    label = nil
    path = nil
    byteCount = nil
    generatedBy = []
    derivations = []
    members = []
    isInvalidated = false
  }
}

extension NodeReader {
  /// The text of the first of some properties that has one.
  fileprivate func first(_ properties: Property...) throws(ActivityDocumentError) -> String? {
    for property in properties {
      if let text = try text(property) { return text }
    }
    return nil
  }
}

extension GraphReader {
  /// Where a usage, a generation or a thing was, in words; nil where nothing is said.
  fileprivate func place(_ node: NodeReader) throws(ActivityDocumentError) -> String? {
    guard let location = try node.text(.atLocation) else { return nil }
    guard let described = nodes[location] else { return location }
    guard let path = try described.text(.path) else { return try described.text(.label) }
    guard let container = try described.text(.container) else { return path }
    return "\(try nodes[container]?.text(.label) ?? "container"):\(path)"
  }
}
