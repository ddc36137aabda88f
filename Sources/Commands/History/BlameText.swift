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
    let authors = Self.column(fields.map(\.record.authorName))
    let operations = Self.column(fields.map { $0.record.operation ?? $0.record.subject })
    return fields.enumerated().map { number, field in
      let time = "\(field.record.time.description.prefix(19))Z"
      let value = FieldText.text(of: field.value, in: field.name)
      let doubt = field.isCertain ? "" : " " + style.changed("[redacted, may have changed since]")
      return [
        style.id(String(field.record.commit.prefix(8))), authors[number], time,
        operations[number] + " ", style.bold(PlainText.sanitize(field.name)), "=", value + doubt,
      ].joined(separator: " ") + "\n"
    }.joined()
  }

  /// Texts of one width.
  private static func column(_ texts: [String]) -> [String] {
    let safe = texts.map { PlainText.sanitize($0) }
    let width = safe.map(\.count).max() ?? 0
    return safe.map { $0 + String(repeating: " ", count: width - $0.count) }
  }
}
