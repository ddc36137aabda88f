import SmartContainers

/// One difference in words, laid out as git's diffs are.
struct DifferenceText {
  private let difference: ConfigurationDifference
  private let style: Style

  init(_ difference: ConfigurationDifference, style: Style) {
    self.difference = difference
    self.style = style
  }

  private var oldTitle: String { PlainText.sanitize(difference.old?.title ?? "/dev/null") }
  private var newTitle: String { PlainText.sanitize(difference.new?.title ?? "/dev/null") }

  /// A heading, then each field with what went and what came.
  var text: String {
    var lines = [
      style.bold("--- \(oldTitle)"), style.bold("+++ \(newTitle)"),
    ]
    if let only = difference.old == nil ? difference.new : nil {
      lines += whole(only).map { style.added("+" + $0) }
      return lines.joined(separator: "\n") + "\n"
    }
    if let only = difference.new == nil ? difference.old : nil {
      lines += whole(only).map { style.removed("-" + $0) }
      return lines.joined(separator: "\n") + "\n"
    }
    for field in difference.notableFields {
      lines.append(style.changed("@@ \(PlainText.sanitize(field.name)) @@"))
      lines += self.lines(of: field)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What came or went as a whole, without what the engine does by itself.
  private func whole(_ item: Configured) -> [String] {
    item.notableFields.map { name, value in
      "\(PlainText.sanitize(name)): \(FieldText.text(of: value, in: name))"
    }
  }

  private func lines(of field: ConfigurationDifference.Field) -> [String] {
    let old = field.old.map { FieldText.text(of: $0, in: field.name) }
    let new = field.new.map { FieldText.text(of: $0, in: field.name) }
    switch field.kind {
    case .notComparable: return [" redacted, not comparable"]
    case .changed where old == new: return [style.changed("~redacted, changed")]
    case .added, .removed, .changed:
      return [
        old.map { style.removed("-" + $0) }, new.map { style.added("+" + $0) },
      ].compactMap { $0 }
    }
  }

  /// One line: what it is about, and how many fields of which kind.
  var stat: String {
    let counts = Dictionary(grouping: difference.notableFields, by: \.kind).mapValues(\.count)
    let words: [(ConfigurationDifference.Field.Kind, String)] = [
      (.changed, "changed"), (.added, "added"), (.removed, "removed"),
      (.notComparable, "not comparable"),
    ]
    let parts = words.compactMap { kind, word in counts[kind].map { "\($0) \(word)" } }
    if difference.old == nil { return " \(newTitle) | new\n" }
    if difference.new == nil { return " \(oldTitle) | gone\n" }
    let title = oldTitle == newTitle ? newTitle : "\(oldTitle) → \(newTitle)"
    return " \(title) | \(parts.isEmpty ? "no fields" : parts.joined(separator: ", "))\n"
  }
}
