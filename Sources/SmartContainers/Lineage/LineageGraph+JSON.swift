import Canonical

extension LineageGraph {
  /// The lineage for scripts; its members do not change.
  public var json: JSONValue {
    JournalObject.make([
      ("subject", .string(subject)), ("direction", .string(direction.rawValue)),
      ("note", note.map { .string($0) }),
      ("nodes", .array(nodes.sorted { $0.key < $1.key }.map(\.value.json))),
      (
        "edges",
        .array(
          edges.map { edge in
            JournalObject.make([
              ("from", .string(edge.from)), ("to", .string(edge.to)),
              ("relation", .string(edge.relation.rawValue)),
              ("place", edge.place.map { .string($0) }),
            ])
          })
      ),
      (
        "unreadable",
        .array(
          unreadable.map {
            ["activity": .string($0.activity), "reason": .string($0.reason)]
          })
      ),
    ])
  }
}

extension LineageNode {
  /// The node for scripts; its members do not change.
  var json: JSONValue {
    let steps = steps.map { step -> JSONValue in
      ["operation": .string(step.operation), "count": .integer(Int64(step.count))]
    }
    return JournalObject.make(
      [
        ("iri", .string(iri)), ("kind", .string(kind)), ("label", .string(label)),
        ("digest", digest.map { .string($0) }), ("place", place.map { .string($0) }),
        ("byteCount", byteCount.map { .integer($0) }),
        ("container", container.map { .string($0) }), ("status", .string(statusWord)),
        ("reason", reason.map { .string($0) }),
        ("isEmpty", isEmpty ? JSONValue.bool(true) : JSONValue?.none),
        ("steps", steps.isEmpty ? JSONValue?.none : .array(steps)),
        ("omitted", omitted > 0 ? .integer(Int64(omitted)) : JSONValue?.none),
        ("isCut", isCut ? JSONValue.bool(true) : JSONValue?.none),
      ] + (activity?.members ?? []))
  }

  private var statusWord: String {
    switch status {
    case .recorded: "recorded"
    case .missing: "missing"
    case .unreadable: "unreadable"
    }
  }

  private var reason: String? {
    if case .unreadable(let reason) = status { reason } else { nil }
  }
}

extension LineageNode.Activity {
  fileprivate var members: [(String, JSONValue?)] {
    [
      ("operation", .string(operation)),
      ("startedAt", startedAt.map { .string($0.description) }),
      ("endedAt", endedAt.map { .string($0.description) }),
      ("outcome", outcome.map { .string($0) }),
      ("exitCode", exitCode.map { .integer(Int64($0)) }),
      ("command", command.isEmpty ? JSONValue?.none : JournalObject.strings(command)),
      ("people", JournalObject.strings(people)),
    ]
  }
}
