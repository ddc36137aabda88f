/// What `bag-info.txt` says of a bag.
package enum BagInfo {
  /// A label and what it says, such as `Bagging-Date` and `2026-11-30`.
  package struct Field: Sendable, Equatable {
    package let label: String
    package let value: String

    package init(_ label: String, _ value: String) {
      self.label = label
      self.value = value
    }

    /// The line in the file.
    var line: [UInt8] { Array("\(label): \(value)\n".utf8) }

    /// - Throws: `ArchiveError` of code `name` when the line would be read as something else.
    func check() throws(ArchiveError) {
      let isClean = !(label + value).unicodeScalars.contains {
        $0.properties.generalCategory == .control || $0 == "\u{2028}" || $0 == "\u{2029}"
      }
      let hasLabel = label.first.map { !$0.isWhitespace } ?? false
      guard isClean, hasLabel, label.last?.isWhitespace == false,
        !label.utf8.contains(UInt8(ascii: ":")),
        label.lowercased() != "payload-oxum"
      else {
        throw ArchiveError(
          .name, call: "bag-info",
          "'\(MemberName.shown(label + ": " + value))' cannot be a line of bag-info.txt")
      }
    }
  }

  /// The fields of the lines; a line that begins with white space goes on with the one before. nil
  /// when one is none.
  static func fields(of lines: [Substring]) -> [Field]? {
    var fields: [Field] = []
    for line in lines {
      if let last = fields.last, line.first?.isWhitespace == true {
        fields[fields.count - 1] = Field(last.label, last.value + " " + trimmed(line))
        continue
      }
      guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let label = trimmed(line[..<colon])
      guard !label.isEmpty else { return nil }
      fields.append(Field(label, trimmed(line[line.utf8.index(after: colon)...])))
    }
    return fields
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }
}
