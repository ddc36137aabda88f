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
    link.label = try nodes[iri]?.text(.label)
    link.role = try qualified?.text(.hadRole).flatMap(Role.init(term:))
    if let location = try qualified?.text(.atLocation) {
      let node = nodes[location]
      link.path = try node?.text(.path)
      if link.path == nil, try node?.types().contains("ce:WebResource") == true {
        link.path = try node?.text(.label)
      }
    }
    link.byteCount = try nodes[iri]?.integer(.byteCount)
    link.pointerPath = try nodes[iri]?.text(.pointerPath)
    return link
  }
}
