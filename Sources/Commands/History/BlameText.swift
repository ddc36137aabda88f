import SmartContainers

/// Who set which field, a line a field, laid out as git's blame is.
struct BlameText {
  private let fields: [FieldBlame]
  private let style: Style

  init(_ fields: [FieldBlame], style: Style) {
    self.fields = fields
    self.style = style
  }

  /// The lines, each with its line feed.
  var text: String {
    let authors = Self.column(fields.map { $0.record?.authorName ?? "not recorded" })
    let operations = Self.column(fields.map { $0.record.map { $0.operation ?? $0.subject } ?? "-" })
    return fields.enumerated().map { number, field in
      let commit = field.record.map { String($0.commit.prefix(8)) } ?? Self.dashes(8)
      let time = field.record.map { "\($0.time.description.prefix(19))Z" } ?? Self.dashes(20)
      let value = FieldText.text(of: field.value, in: field.name)
      let doubt = field.isCertain ? "" : " " + style.changed("[redacted, may have changed since]")
      return [
        style.id(commit), authors[number], time,
        operations[number] + " ", style.bold(PlainText.sanitize(field.name)), "=", value + doubt,
      ].joined(separator: " ") + "\n"
    }.joined()
  }

  /// What stands for something that nobody knows.
  private static func dashes(_ count: Int) -> String { String(repeating: "-", count: count) }

  /// Texts of one width.
  private static func column(_ texts: [String]) -> [String] {
    let safe = texts.map { PlainText.sanitize($0) }
    let width = safe.map(\.count).max() ?? 0
    return safe.map { $0 + String(repeating: " ", count: width - $0.count) }
  }
}
