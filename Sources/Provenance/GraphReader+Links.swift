import Canonical

extension GraphReader {
  func used(by activity: NodeReader) throws(ActivityDocumentError) -> [ActivityDocument.Link] {
    var links: [ActivityDocument.Link] = []
    for usage in try activity.nodes(.qualifiedUsage) {
      links.append(try link(to: usage.required(.entity), by: usage))
    }
    // A plain statement that no qualified one repeats.
    for iri in try activity.texts(.used) where !links.contains(where: { $0.iri == iri }) {
      links.append(try link(to: iri, by: nil))
    }
    return links
  }

  func made(by activity: NodeReader) throws(ActivityDocumentError) -> [ActivityDocument.Link] {
    var links: [ActivityDocument.Link] = []
    for iri in order {
      guard let node = nodes[iri] else { continue }
      let count = links.count
      for generation in try node.nodes(.qualifiedGeneration)
      where try generation.text(.activity) == activity.iri {
        links.append(try link(to: iri, by: generation))
      }
      if links.count == count, try node.texts(.wasGeneratedBy).contains(activity.iri) {
        links.append(try link(to: iri, by: nil))
      }
    }
    return links
  }

  func invalidated(
    by activity: NodeReader
  ) throws(ActivityDocumentError) -> [ActivityDocument.Link] {
    var links: [ActivityDocument.Link] = []
    for iri in order {
      if try nodes[iri]?.texts(.wasInvalidatedBy).contains(activity.iri) == true {
        links.append(try link(to: iri, by: nil))
      }
    }
    return links
  }

  private func link(
    to iri: String, by qualified: NodeReader?
  ) throws(ActivityDocumentError) -> ActivityDocument.Link {
    var link = ActivityDocument.Link(iri: iri, types: try nodes[iri]?.types() ?? [])
    link.role = try qualified?.text(.hadRole).flatMap(Role.init(term:))
    for location in try qualified?.texts(.atLocation) ?? [] {
      guard let node = nodes[location] else { continue }
      let types = try node.types()
      let path = try node.text(types.contains("ce:WebResource") ? .label : .path)
      if types.contains("docker:ContainerPath") {
        link.containerPath = path
      } else {
        link.path = path ?? link.path
      }
    }
    link.path = link.path ?? link.containerPath
    link.label = try label(of: iri, had: link)
    link.byteCount = try nodes[iri]?.integer(.byteCount)
    link.pointerPath = try nodes[iri]?.text(.pointerPath)
    link.repositoryDigests = try nodes[iri]?.texts(.repositoryDigest) ?? []
    link.layers = try (nodes[iri]?.texts(.layers) ?? []).compactMap(IRI.digest(of:))
    link.isExecutable = try nodes[iri]?.boolean(.isExecutable) ?? false
    return link
  }

  /// What an entity is called where it was used or made: the same bytes may be two files, or a file and
  /// what a command wrote, and then have the labels of both.
  private func label(
    of iri: String, had link: ActivityDocument.Link
  ) throws(ActivityDocumentError) -> String? {
    let labels = try nodes[iri]?.texts(.label) ?? []
    for own in [link.path, link.role?.rawValue].compactMap({ $0 }) where labels.contains(own) {
      return own
    }
    return labels.first
  }
}
