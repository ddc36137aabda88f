import Canonical

extension GraphReader {
  func readAgents(
    of activity: NodeReader, into document: inout ActivityDocument
  ) throws(ActivityDocumentError) {
    for association in try activity.nodes(.qualifiedAssociation) {
      guard let node = nodes[try association.required(.agent)],
        let role = try association.text(.hadRole).flatMap(Role.init(term:))
      else { continue }
      switch role {
      case .user: if try node.types().contains("prov:Person") { document.person = try person(node) }
      case .client: document.client = try software(node)
      case .engine: document.engine = try engine(node)
      default: break
      }
    }
    if let iri = try activity.text(.underAccount), let node = nodes[iri] {
      document.account = UserAccount(
        name: try node.required(.accountName), uid: try node.integer(.userID) ?? -1)
    }
    if let iri = try activity.text(.atLocation), let node = nodes[iri] {
      document.host = try host(node)
    }
  }

  private func person(_ node: NodeReader) throws(ActivityDocumentError) -> Person {
    var person = Person(name: try node.required(.name))
    person.orcid = try? ORCID(node.iri)
    person.email = try node.text(.mailbox).map { mailbox in
      IRI.decoded(mailbox.hasPrefix("mailto:") ? String(mailbox.dropFirst(7)) : mailbox)
    }
    if let organization = try node.text(.actedOnBehalfOf) {
      person.organization = try nodes[organization]?.text(.name)
    }
    return person
  }

  private func software(_ node: NodeReader) throws(ActivityDocumentError) -> SoftwareAgent {
    var agent = SoftwareAgent(
      name: try node.required(.name), version: try node.required(.version))
    if let iri = try node.text(.requires), let library = nodes[iri] {
      agent.library = SoftwareAgent.Library(
        name: try library.required(.name), version: try library.required(.version))
    }
    return agent
  }

  private func engine(_ node: NodeReader) throws(ActivityDocumentError) -> EngineAgent {
    EngineAgent(
      id: try node.required(.engineID), name: try node.required(.name),
      version: try node.required(.version), apiVersion: try node.text(.apiVersion),
      operatingSystem: try node.text(.operatingSystem),
      kernelVersion: try node.text(.kernelVersion), architecture: try node.text(.architecture),
      storageDriver: try node.text(.storageDriver))
  }

  private func host(_ node: NodeReader) throws(ActivityDocumentError) -> Host {
    Host(
      id: try node.required(.hostID), hostname: try node.required(.hostname),
      operatingSystem: try node.required(.operatingSystem),
      kernelVersion: try node.required(.kernelVersion),
      architecture: try node.required(.architecture), coreCount: try node.int(.coreCount) ?? 0,
      memoryInBytes: try node.integer(.memoryInBytes) ?? 0)
  }
}
