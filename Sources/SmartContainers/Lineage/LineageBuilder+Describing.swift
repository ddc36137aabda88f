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
    return LineageNode(thing, as: iri, at: path(of: iri), isEmpty: Self.isEmpty(iri))
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

  /// The newest description that has a name and is of the same path, else any with a name, else any.
  ///
  /// A file is called by what the operation called it that has it in this lineage; but the same bytes
  /// may be a file here and the output of a command there, and a snapshot of the history as well.
  private func thing(_ iri: String) throws -> LineageDocument.Thing? {
    let number = 8
    var named: [LineageDocument.Thing] = []
    var best: LineageDocument.Thing?
    let found =
      try source.facts(.origin, of: iri, limit: number)
      + source.facts(.use, of: iri, limit: number)
    for (_, facts) in found.sorted(by: { $0.document > $1.document }) {
      guard let thing = facts.document.things[iri] else { continue }
      if thing.kind != .thing, thing.kind != .snapshot, thing.label != nil { named.append(thing) }
      if best == nil || best?.kind == .thing { best = thing }
    }
    let path = path(of: iri)
    let fitting = path.flatMap { path in named.first { $0.paths.contains(path) } }
    return fitting ?? named.first ?? best
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

  /// - Parameter path: that of several by which it is called, where the document has it.
  fileprivate init(
    _ thing: LineageDocument.Thing, as iri: String, at path: String? = nil, isEmpty: Bool = false,
    container: String? = nil
  ) {
    let path = path.flatMap { thing.paths.contains($0) ? $0 : nil }
    let name = path.flatMap { thing.labels.contains($0) ? $0 : nil }
    self.init(
      iri: iri, kind: thing.kind == .snapshot ? "thing" : thing.kind.rawValue,
      label: name ?? thing.label ?? path ?? thing.path ?? iri,
      digest: SHA256Digest(namingInformation: iri)?.description, place: path ?? thing.path,
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
