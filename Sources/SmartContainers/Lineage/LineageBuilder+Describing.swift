import Canonical
import Provenance

extension LineageBuilder {
  /// What the history has of a node, from the newest documents that describe it.
  func describe(_ iri: String) throws -> LineageNode {
    if let (container, number) = state(iri) {
      return try describe(container, state: number, as: iri)
    }
    if let (_, step) = try source.step(of: iri) { return LineageNode(step.activity) }
    if ActivityID(iri) != nil { return LineageNode(undescribed: iri, unreadable: reason(iri)) }
    guard let thing = try thing(iri) else { return LineageNode(undescribed: iri, unreadable: nil) }
    return LineageNode(thing, as: iri, isEmpty: Self.isEmpty(iri))
  }

  private func reason(_ activity: String) -> String? {
    source.scan.unreadable.first { $0.activity == activity }?.reason
  }

  private func describe(
    _ container: String, state number: Int, as iri: String
  ) throws -> LineageNode {
    let life = try source.life(of: container)
    let thing = try thing(container)
    var node =
      thing.map { LineageNode($0, as: iri, container: container) }
      ?? LineageNode(undescribed: iri, unreadable: nil, container: container)
    node.steps = life.steps(in: number, until: end(of: iri))
    return node
  }

  /// The newest description that has a name, else any.
  ///
  /// A file is called by what the operation called it that has it in this lineage; but the same bytes
  /// may be a file here and the output of a command there, and a snapshot of the history as well.
  private func thing(_ iri: String) throws -> LineageDocument.Thing? {
    let number = 8
    var best: LineageDocument.Thing?
    let found =
      try source.facts(.origin, of: iri, limit: number)
      + source.facts(.use, of: iri, limit: number)
    for (_, facts) in found.sorted(by: { $0.document > $1.document }) {
      guard let thing = facts.document.things[iri] else { continue }
      if thing.kind != .thing, thing.kind != .snapshot, thing.label != nil { return thing }
      if best == nil || best?.kind == .thing { best = thing }
    }
    return best
  }
}

extension LineageNode {
  fileprivate init(_ activity: LineageDocument.Activity) {
    self.init(
      iri: activity.iri, kind: "activity", label: activity.operation, digest: nil, place: nil,
      byteCount: nil,
      activity: Activity(
        operation: activity.operation, startedAt: activity.startedAt, endedAt: activity.endedAt,
        outcome: activity.outcome, exitCode: activity.exitCode, command: activity.command,
        people: activity.people),
      container: nil, status: .recorded, isEmpty: false)
  }

  fileprivate init(
    _ thing: LineageDocument.Thing, as iri: String, isEmpty: Bool = false, container: String? = nil
  ) {
    self.init(
      iri: iri, kind: thing.kind == .snapshot ? "thing" : thing.kind.rawValue,
      label: thing.label ?? thing.path ?? iri,
      digest: SHA256Digest(namingInformation: iri)?.description, place: thing.path,
      byteCount: thing.byteCount, activity: nil, container: container, status: .recorded,
      isEmpty: isEmpty)
  }

  fileprivate init(undescribed iri: String, unreadable: String?, container: String? = nil) {
    let kind = container != nil ? "container" : ActivityID(iri) != nil ? "activity" : "thing"
    self.init(
      iri: iri, kind: kind, label: iri, digest: SHA256Digest(namingInformation: iri)?.description,
      place: nil, byteCount: nil, activity: nil, container: container,
      status: unreadable.map { .unreadable(reason: $0) } ?? .missing, isEmpty: false)
  }
}
