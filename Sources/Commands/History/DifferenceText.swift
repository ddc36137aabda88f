import SmartContainers

/// One difference in words, laid out as git's diffs are.
struct DifferenceText {
  private let difference: ConfigurationDifference
  private let style: Style

  init(_ difference: ConfigurationDifference, style: Style) {
    self.difference = difference
    self.style = style
  }

  private var oldTitle: String { PlainText.sanitize(difference.old?.title ?? "(none)") }
  private var newTitle: String { PlainText.sanitize(difference.new?.title ?? "(none)") }

  /// A heading, then each field with what went and what came.
  var text: String {
    var lines = [
      style.bold("--- \(oldTitle)"), style.bold("+++ \(newTitle)"),
    ]
    for field in difference.fields {
      lines.append(style.changed("@@ \(PlainText.sanitize(field.name)) @@"))
      lines += self.lines(of: field)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(of field: ConfigurationDifference.Field) -> [String] {
    let isSecret = [field.old, field.new].compactMap { $0 }.contains { FieldText.isRedacted($0) }
    switch field.kind {
    case .notComparable: return [" redacted, not comparable"]
    case .changed where isSecret: return [style.changed("~redacted, changed")]
    case .added, .removed, .changed:
      return [
        field.old.map { style.removed("-" + FieldText.text(of: $0, in: field.name)) },
        field.new.map { style.added("+" + FieldText.text(of: $0, in: field.name)) },
      ].compactMap { $0 }
    }
  }

  /// One line: what it is about, and how many fields of which kind.
  var stat: String {
    let counts = Dictionary(grouping: difference.fields, by: \.kind).mapValues(\.count)
    let words: [(ConfigurationDifference.Field.Kind, String)] = [
      (.changed, "changed"), (.added, "added"), (.removed, "removed"),
      (.notComparable, "not comparable"),
    ]
    let parts = words.compactMap { kind, word in counts[kind].map { "\($0) \(word)" } }
    let title = oldTitle == newTitle ? newTitle : "\(oldTitle) → \(newTitle)"
    return " \(title) | \(parts.isEmpty ? "no fields" : parts.joined(separator: ", "))\n"
  }
}
