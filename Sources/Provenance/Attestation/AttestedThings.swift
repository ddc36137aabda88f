import Canonical

/// What an activity made, and of what, as attestations name it.
struct AttestedThings {
  /// The images, by each of their names.
  let images: [AttestedResource]

  /// The files that were declared as outputs.
  let files: [AttestedResource]

  /// What the command wrote; nothing where nobody saw it.
  let standardOutput: [AttestedResource]
  let materials: [AttestedResource]

  init(_ activity: ActivityDocument) {
    let all = [activity] + activity.parts
    let made = all.filter { $0.operation != "image.pull" }.flatMap(\.generated)
    images = Self.images(in: made)
    files = AttestedResource.sorted(
      activity.generated.filter { $0.role == .output && $0.types.contains("ce:File") }.compactMap {
        Self.digested($0, named: $0.path ?? $0.label)
      })
    standardOutput = activity.generated.filter { $0.role == .standardOutput }.compactMap {
      Self.digested($0, named: "stdout")
    }
    // The parts of a composite use what others of them made. What it was handed itself it did not
    // make, also where that has the bytes of something that it did make.
    let own = Set(made.map(\.iri))
    let used = activity.used + activity.parts.flatMap(\.used).filter { !own.contains($0.iri) }
    materials = AttestedResource.sorted(used.compactMap(Self.material))
  }

  private static func images(in links: [ActivityDocument.Link]) -> [AttestedResource] {
    let names = links.filter { $0.types.contains("docker:ImageReference") }
    return AttestedResource.sorted(
      links.filter { $0.types.contains("docker:Image") }.flatMap { image -> [AttestedResource] in
        guard let digest = IRI.digest(of: image.iri) else { return [] }
        let own = names.filter { $0.iri.hasSuffix("/" + digest.hexadecimal) }.compactMap(\.label)
        let shown = own.isEmpty ? [image.label ?? digest.hexadecimal] : own
        return shown.map { AttestedResource(name: $0, digest: digest) }
      })
  }

  private static func material(_ link: ActivityDocument.Link) -> AttestedResource? {
    // Neither has bytes of its own that a digest could name.
    if link.types.contains("docker:Container") || link.types.contains("docker:Volume") {
      return AttestedResource(name: link.label, uri: link.iri)
    }
    switch link.role {
    case .standardInput: return digested(link, named: "stdin")
    case .snapshot, .configuration, .state: return nil
    case .input where !link.types.contains("ce:File"): return nil
    default: return digested(link, named: link.path ?? link.label)
    }
  }

  private static func digested(
    _ link: ActivityDocument.Link, named name: String?
  ) -> AttestedResource? {
    IRI.digest(of: link.iri).map { AttestedResource(name: name, digest: $0) }
  }
}
