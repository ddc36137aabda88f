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
    /// The path on the host; nil where nothing is said of one.
    package let path: String?

    package init(iri: String, place: String?, path: String? = nil) {
      self.iri = iri
      self.place = place
      self.path = path
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
    /// A node that was read at several places is there with each of them.
    package let used: [Link]
    package let informedBy: [String]
    package let parts: [String]
  }

  package struct Thing: Sendable {
    package let iri: String
    package let kind: LineageKind
    /// What it is called: the same bytes may be two files, and have the names of both.
    package let labels: [String]
    /// Where the user had it, as often.
    package let paths: [String]
    package let byteCount: Int64?
    /// The activities that made it, with where they put it.
    package fileprivate(set) var generatedBy: [Link]
    package let derivations: [(relation: Derivation, source: String)]
    package let members: [String]
    package let isInvalidated: Bool

    package var label: String? { labels.first }
    package var path: String? { paths.first }
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

extension LineageDocument {
  /// The links to nodes, each with all that is said of how, else plain.
  fileprivate static func links(to iris: [String], _ qualified: [Link]) -> [Link] {
    let known = Dictionary(grouping: qualified, by: \.iri)
    return iris.flatMap { known[$0] ?? [Link(iri: $0, place: nil)] }
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
    var usages: [LineageDocument.Link] = []
    for usage in try node.nodes(.qualifiedUsage) {
      guard let entity = try usage.text(.entity) else { continue }
      usages.append(try graph.link(to: entity, by: usage))
    }
    used = LineageDocument.links(to: try node.texts(.used), usages)
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
    labels = try node.texts(.label)
    // Of a thing that is not one of ours the place may stand at the thing itself.
    let place = try graph.place(node)
    let own = try node.texts(.path)
    paths = own.isEmpty ? [place].compactMap { $0 } : own
    byteCount = try? node.integer(.byteCount)
    var generations: [LineageDocument.Link] = []
    for generation in (try? node.nodes(.qualifiedGeneration)) ?? [] {
      guard let activity = try generation.text(.activity) else { continue }
      generations.append(try graph.link(to: activity, by: generation))
    }
    generatedBy = LineageDocument.links(to: try node.texts(.wasGeneratedBy), generations)
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
    labels = []
    paths = []
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
  fileprivate func link(
    to iri: String, by qualified: NodeReader
  ) throws(ActivityDocumentError) -> LineageDocument.Link {
    LineageDocument.Link(iri: iri, place: try place(qualified), path: try hostPath(qualified))
  }

  /// Where on the host a usage or a generation was; nil where nothing is said.
  private func hostPath(_ node: NodeReader) throws(ActivityDocumentError) -> String? {
    for location in try node.texts(.atLocation) {
      guard let described = nodes[location], let path = try described.text(.path) else { continue }
      if try described.text(.container) == nil { return path }
    }
    return nil
  }

  /// Where a usage, a generation or a thing was, in words; nil where nothing is said.
  fileprivate func place(_ node: NodeReader) throws(ActivityDocumentError) -> String? {
    guard let location = try node.text(.atLocation) else { return nil }
    guard let described = nodes[location] else { return location }
    guard let path = try described.text(.path) else { return try described.text(.label) }
    guard let container = try described.text(.container) else { return path }
    return "\(try nodes[container]?.text(.label) ?? "container"):\(path)"
  }
}
