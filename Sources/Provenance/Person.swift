import Canonical

/// The person that is responsible for an operation.
package struct Person: Sendable, Hashable {
  package var name: String
  package var email: String?
  package var orcid: ORCID?
  package var organization: String?

  package init(
    name: String, email: String? = nil, orcid: ORCID? = nil, organization: String? = nil
  ) {
    self.name = name
    self.email = email
    self.orcid = orcid
    self.organization = organization
  }

  /// The person's IRI: the ORCID; else one made from the SHA-256 of the e-mail address (trimmed,
  /// lower case), so that the same address is the same person in every history; else one
  /// made from the name.
  package var iri: String {
    if let orcid { return orcid.iri }
    guard let email else { return IRI.local(.sc, "person", "name", name) }
    let normalized = email.lowercased().filter { !$0.isWhitespace }
    return IRI.local(.sc, "person", SHA256Digest(of: normalized.utf8).hexadecimal)
  }

  var organizationIRI: String? { organization.map { IRI.local(.sc, "organization", $0) } }

  func describe(in graph: inout Graph) {
    var node = Node(iri, "prov:Agent", "prov:Person", "foaf:Person")
    node.add(.name, name)
    node.add(.label, name)
    if let email { node.add(.mailbox, "mailto:" + IRI.encoded(email, keeping: "@+")) }
    if let organization, let organizationIRI {
      node.add(.actedOnBehalfOf, organizationIRI)
      var organizationNode = Node(
        organizationIRI, "prov:Agent", "prov:Organization", "foaf:Organization")
      organizationNode.add(.name, organization)
      organizationNode.add(.label, organization)
      graph.add(organizationNode)
    }
    graph.add(node)
  }
}
