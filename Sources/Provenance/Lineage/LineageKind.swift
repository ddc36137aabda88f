/// What a thing is, as far as it matters where it comes from.
package enum LineageKind: String, Sendable, CaseIterable {
  case archive, buildContext, collection, container, containerState, dockerfile, file, image
  /// A name for an image on an engine.
  case imageReference
  case network
  /// A name for an image in a registry.
  case registryReference
  case snapshot, standardError, standardInput, standardOutput, volume
  /// Anything else that a document speaks of.
  case thing

  /// What the IRIs of containers begin with.
  package static let containerPrefix = IRI.local(.docker, "container") + "/"

  private static let classes: [(name: String, kind: LineageKind)] = [
    ("docker:Container", .container), ("docker:ContainerState", .containerState),
    ("docker:Image", .image), ("docker:Network", .network), ("docker:Volume", .volume),
    ("prov:Collection", .collection),
  ]

  init(types: [String], iri: String) {
    if types.contains("docker:ImageReference") {
      let isRegistry = iri.hasPrefix(IRI.local(.docker, "registry") + "/")
      self = isRegistry ? .registryReference : .imageReference
    } else if let known = Self.classes.first(where: { types.contains($0.name) }) {
      self = known.kind
    } else if let content = Content.Kind.allCases.first(where: { types.contains($0.term) }) {
      self = LineageKind(rawValue: content.rawValue) ?? .thing
    } else {
      // The same bytes may be a snapshot and something that a user made.
      self = types.contains("sc:Snapshot") ? .snapshot : .thing
    }
  }

  /// Whether it is bytes, which nothing but their digest identifies.
  package var isContent: Bool { Content.Kind(rawValue: rawValue) != nil }
}
