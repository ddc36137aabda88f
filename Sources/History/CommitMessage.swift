/// The message of a commit: a subject, and `Name: value` lines at the end.
struct CommitMessage: Sendable, Equatable {
  var subject: String
  var fields: [OperationRecord.Field]

  init(subject: String, fields: [OperationRecord.Field]) {
    self.subject = subject
    self.fields = fields
  }

  /// The message as git stores it.
  ///
  /// Subject and values come from containers and engines: each is made one line without
  /// control characters, so that none can pass for another field or reach a terminal raw.
  var text: String {
    let subject = Self.line(subject)
    var text = (subject.isEmpty ? "(no subject)" : subject) + "\n"
    if !fields.isEmpty {
      text += "\n"
      for field in fields { text += "\(Self.name(field.name)): \(Self.line(field.value))\n" }
    }
    return text
  }

  /// Reads a message: the first line, and the last paragraph if all of it are fields.
  ///
  /// Lines are split by bytes: by characters a log would take ten times as long.
  init(parsing text: String) {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let first = lines.firstIndex { !$0.isEmpty } ?? lines.endIndex
    subject = first < lines.endIndex ? Self.line(String(Substring(lines[first]))) : ""
    let body = lines[min(first + 1, lines.endIndex)...]
    let end = body.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? body.startIndex
    let start = body[..<end].lastIndex(where: \.isEmpty).map { $0 + 1 } ?? end
    fields = []
    for line in body[start..<max(start, end)] {
      guard let field = Self.field(line) else {
        fields = []
        return
      }
      fields.append(field)
    }
  }

  private static func field(_ line: Substring.UTF8View) -> OperationRecord.Field? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), isName(line[..<colon]) else {
      return nil
    }
    let value = line[line.index(after: colon)...].drop { $0 == UInt8(ascii: " ") }
    return OperationRecord.Field(
      name: String(Substring(line[..<colon])), value: Self.line(String(Substring(value))))
  }

  private static func isName(_ text: Substring.UTF8View) -> Bool {
    !text.isEmpty && text.allSatisfy(isNameByte)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
  }

  private static func name(_ text: String) -> String {
    let bytes = text.utf8.map { isNameByte($0) ? $0 : UInt8(ascii: "-") }
    return bytes.isEmpty ? "-" : String(decoding: bytes, as: UTF8.self)
  }

  /// The text on one line: what controls or breaks lines, or turns the direction of writing,
  /// becomes a space, and spaces at the ends go.
  static func line(_ text: String) -> String {
    // Nearly every text is of printable ASCII, where no table of properties is asked.
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }),
      text.utf8.first != 0x20, text.utf8.last != 0x20
    {
      return text
    }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .format: result.append(" ")
      default: result.append(scalar)
      }
    }
    let trimmed = result.drop { $0 == " " }
    return String(String.UnicodeScalarView(trimmed.reversed().drop { $0 == " " }.reversed()))
  }

  /// A name or address as git's header of a commit can hold it: git refuses one of nothing but
  /// the characters that it strips.
  static func identity(_ text: String) -> String {
    let plain = line(text.filter { $0 != "<" && $0 != ">" })
    let stripped = Set(" .,:;\"\\'")
    return plain.allSatisfy(stripped.contains) ? "unknown" : plain
  }
}
