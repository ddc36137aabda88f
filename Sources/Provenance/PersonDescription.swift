import RDF

/// A person as others describe one: with the words of FOAF, PROV, schema.org or the W3C's
/// organization ontology.
package struct PersonDescription: Sendable, Equatable {
  package var name: String?
  package var email: String?
  package var orcid: ORCID?
  package var organization: String?

  /// Why nobody can tell who is meant.
  package enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The person is named by an ORCID iD that is none.
    case noORCID(ORCIDError)
    /// Several people are described, and not one of them by an ORCID iD.
    case several(Int)

    package var description: String {
      switch self {
      case .noORCID(let error): error.description
      case .several(let count): "it describes \(count) people"
      }
    }
  }

  /// Finds the person that statements are about; nil where they are about none.
  ///
  /// Of several it is the one with an ORCID iD.
  package init?(in quads: [Quad]) throws(Problem) {
    let graph = Statements(quads)
    let people = Set(graph.subjects(ofTypes: Self.classes))
    let identified = people.filter { Self.orcid(of: $0, in: graph) != nil }
    let candidates = identified.isEmpty ? people : identified
    guard candidates.count < 2 else { throw .several(candidates.count) }
    guard let chosen = candidates.first else { return nil }
    if case .iri(let iri) = chosen, iri.contains("orcid.org/") {
      do throws(ORCIDError) { _ = try ORCID(iri) } catch { throw .noORCID(error) }
    }
    orcid = Self.orcid(of: chosen, in: graph)
    name = graph.texts(chosen, Self.names).first ?? Self.joinedName(of: chosen, in: graph)
    email =
      graph.values(chosen, Self.addresses).lazy.compactMap(Self.email).first
    organization = Self.organization(of: chosen, in: graph)
  }

  private static let foaf = Namespace.foaf.rawValue
  private static let prov = Namespace.prov.rawValue
  private static let schemas = ["http://schema.org/", "https://schema.org/"]
  private static let org = "http://www.w3.org/ns/org#"

  private static func schema(_ name: String) -> [String] { schemas.map { $0 + name } }

  private static let classes = Set([foaf + "Person", prov + "Person"] + schema("Person"))
  private static let names =
    [foaf + "name"] + schema("name") + [Namespace.rdfs.rawValue + "label"]
  private static let addresses = [foaf + "mbox"] + schema("email")
  private static let identities =
    ["http://www.w3.org/2002/07/owl#sameAs", foaf + "account"] + schema("sameAs")
    + schema("identifier")

  private static func joinedName(of person: Term, in graph: Statements) -> String? {
    let given = graph.texts(person, [foaf + "givenName"] + schema("givenName")).first
    let family = graph.texts(person, [foaf + "familyName"] + schema("familyName")).first
    let parts = [given, family].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  private static func orcid(of person: Term, in graph: Statements) -> ORCID? {
    for term in [person] + graph.values(person, identities) {
      if case .iri(let iri) = term, iri.contains("orcid.org/"), let orcid = try? ORCID(iri) {
        return orcid
      }
    }
    return nil
  }

  private static func email(_ term: Term) -> String? {
    let text: String
    switch term {
    case .iri(let iri): text = iri
    case .literal(let literal): text = literal.value
    case .blankNode: return nil
    }
    let address = text.lowercased().hasPrefix("mailto:") ? String(text.dropFirst(7)) : text
    return address.contains("@") ? address.replacing("%40", with: "@") : nil
  }

  private static func organization(of person: Term, in graph: Statements) -> String? {
    let relations =
      [prov + "actedOnBehalfOf", org + "memberOf"] + schema("affiliation") + schema("worksFor")
    for term in graph.values(person, relations) {
      if case .literal(let literal) = term { return literal.value }
      if let name = graph.texts(term, names).first { return name }
    }
    return nil
  }
}

/// Statements by their subjects.
private struct Statements {
  private let quads: [Quad]
  private let bySubject: [Term: [Quad]]

  init(_ quads: [Quad]) {
    self.quads = quads
    bySubject = Dictionary(grouping: quads, by: \.subject)
  }

  func subjects(ofTypes types: Set<String>) -> [Term] {
    quads.compactMap { quad in
      guard quad.predicate == .iri(RDFVocabulary.type), case .iri(let type) = quad.object,
        types.contains(type)
      else { return nil }
      return quad.subject
    }
  }

  /// The values of properties, those of the first property first.
  func values(_ subject: Term, _ properties: [String]) -> [Term] {
    let own = bySubject[subject] ?? []
    return properties.flatMap { property in
      own.filter { $0.predicate == .iri(property) }.map(\.object)
    }
  }

  func texts(_ subject: Term, _ properties: [String]) -> [String] {
    values(subject, properties).compactMap { term in
      if case .literal(let literal) = term { literal.value } else { nil }
    }
  }
}
