import Canonical

/// Compares snapshots field by field.
package enum ConfigurationDiff {
  /// The differences of two snapshots, in the order of their fields' names.
  ///
  /// Ids and times of creation are no configuration. Of a container and an image, the fields
  /// that both have are compared.
  package static func compare(_ old: JSONValue, _ new: JSONValue) -> [FieldChange] {
    guard old != new else { return [] }
    var before = ConfigurationFields(of: old)
    var after = ConfigurationFields(of: new)
    if before.isImage != after.isImage {
      before.keepShared()
      after.keepShared()
    }
    let names = Set(before.fields.keys).union(after.fields.keys)
    let changes = names.compactMap { name in
      change(of: name, from: before.fields[name], to: after.fields[name])
    }
    return changes.sorted { $0.field.utf8.lexicographicallyPrecedes($1.field.utf8) }
      + layerChanges(from: before.layers, to: after.layers)
  }

  private static func change(
    of field: String, from old: JSONValue?, to new: JSONValue?
  ) -> FieldChange? {
    switch (old, new) {
    case (nil, nil): return nil
    case (nil, let new?): return FieldChange(field: field, kind: .added, new: new)
    case (let old?, nil): return FieldChange(field: field, kind: .removed, old: old)
    case (let old?, let new?):
      guard let kind = difference(of: old, and: new) else { return nil }
      return FieldChange(field: field, kind: kind, old: old, new: new)
    }
  }

  /// How two values differ; nil when they do not.
  private static func difference(of old: JSONValue, and new: JSONValue) -> FieldChange.Kind? {
    let (oldCommitments, oldRest) = Commitment.split(old.string ?? old.text())
    let (newCommitments, newRest) = Commitment.split(new.string ?? new.text())
    guard !oldCommitments.isEmpty || !newCommitments.isEmpty else {
      return old == new ? nil : .changed
    }
    // A whole value that is redacted on one side only.
    if oldRest == [0] || newRest == [0], oldRest != newRest { return .notComparable }
    guard oldRest == newRest, oldCommitments.count == newCommitments.count else {
      return .changed
    }
    let pairs = zip(oldCommitments, newCommitments)
    if pairs.contains(where: { $0 != $1 && $0.keyID != nil && $0.keyID == $1.keyID }) {
      return .changed
    }
    return pairs.allSatisfy { $0 == $1 && $0.keyID != nil } ? nil : .notComparable
  }

  /// The layers beyond those that both have, numbered from the base: first what went, then
  /// what came.
  private static func layerChanges(
    from old: [JSONValue], to new: [JSONValue]
  ) -> [FieldChange] {
    let common = zip(old, new).prefix { $0 == $1 }.count
    let removed = old.indices.dropFirst(common).map {
      FieldChange(field: "layers.\($0)", kind: .removed, old: old[$0])
    }
    let added = new.indices.dropFirst(common).map {
      FieldChange(field: "layers.\($0)", kind: .added, new: new[$0])
    }
    return removed + added
  }
}
