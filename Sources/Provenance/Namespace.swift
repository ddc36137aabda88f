/// A namespace of the terms that documents use.
package enum Namespace: String, Sendable, CaseIterable {
  case ca = "https://w3id.org/daspos/computationalactivity#"
  case ce = "https://w3id.org/daspos/computationalenvironment#"
  case dcat = "http://www.w3.org/ns/dcat#"
  case dcterms = "http://purl.org/dc/terms/"
  case docker = "http://w3id.org/daspos/docker#"
  case foaf = "http://xmlns.com/foaf/0.1/"
  case hydra = "http://www.w3.org/ns/hydra/core#"
  case ldp = "http://www.w3.org/ns/ldp#"
  case prov = "http://www.w3.org/ns/prov#"
  case rdfs = "http://www.w3.org/2000/01/rdf-schema#"
  case sc = "https://w3id.org/daspos/smartcontainers#"
  case spdx = "http://spdx.org/rdf/terms#"
  case xsd = "http://www.w3.org/2001/XMLSchema#"

  /// Those that the documents of activities use.
  package static let ofActivities: [Namespace] = [
    .ca, .ce, .dcterms, .docker, .foaf, .prov, .rdfs, .sc, .xsd,
  ]

  /// Those that the documents of entry points use.
  static let ofEntries: [Namespace] = [.ce, .dcat, .dcterms, .hydra, .ldp, .sc, .spdx, .xsd]

  /// The prefix that documents abbreviate it by.
  package var prefix: String {
    // To ask a case for its name takes the runtime as long as to write half a document.
    switch self {
    case .ca: "ca"
    case .ce: "ce"
    case .dcat: "dcat"
    case .dcterms: "dcterms"
    case .docker: "docker"
    case .foaf: "foaf"
    case .hydra: "hydra"
    case .ldp: "ldp"
    case .prov: "prov"
    case .rdfs: "rdfs"
    case .sc: "sc"
    case .spdx: "spdx"
    case .xsd: "xsd"
    }
  }
}
