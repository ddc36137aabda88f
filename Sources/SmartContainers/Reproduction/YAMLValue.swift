/// A value of a YAML document, in the order in which it is written.
///
/// Source: YAML 1.2.2; and 1.1, whose readers take `no` and `1:20` for something else than texts.
enum YAMLValue {
  /// A number or a truth value.
  case bare(String)
  case text(String)
  case null
  case list([YAMLValue])
  case map([(String, YAMLValue)])

  /// The text of a block, with its last line feed.
  func block(indent: Int = 0) -> String {
    let padding = String(repeating: " ", count: indent)
    switch self {
    case .list(let elements) where !elements.isEmpty:
      return elements.map { element in
        guard element.isBlock else { return "\(padding)- \(element.line)\n" }
        return "\(padding)- \(element.block(indent: indent + 2).dropFirst(indent + 2))"
      }.joined()
    case .map(let members) where !members.isEmpty:
      return members.map { name, value in
        let name = Self.scalar(name)
        return value.isBlock
          ? "\(padding)\(name):\n" + value.block(indent: indent + 2)
          : "\(padding)\(name):" + (value.line.isEmpty ? "" : " ") + "\(value.line)\n"
      }.joined()
    default: return padding + line + "\n"
    }
  }

  private var isBlock: Bool {
    switch self {
    case .list(let elements): !elements.isEmpty
    case .map(let members): !members.isEmpty
    case .bare, .text, .null: false
    }
  }

  private var line: String {
    switch self {
    case .bare(let text): text
    case .text(let text): Self.scalar(text)
    case .null: ""
    case .list: "[]"
    case .map: "{}"
    }
  }

  /// A text on one line: plain where every reader takes it for a text, else in double quotes, with an
  /// escape for what is not shown or moves a terminal's cursor.
  static func scalar(_ text: String) -> String {
    if isPlain(text) { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case _ where scalar.isHiddenOnTerminals || scalar.value >= 0xFFFE || scalar.value == 0xFEFF:
        quoted += escape(scalar)
      // Readers of 1.1 refuse what Unicode did not have then.
      case _ where scalar.value > 0xFFFF || (0xE000...0xF8FF).contains(scalar.value):
        quoted += escape(scalar)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    let (letter, width) =
      scalar.value > 0xFFFF ? ("U", 8) : scalar.value > 0xFF ? ("u", 4) : ("x", 2)
    return "\\\(letter)" + String(repeating: "0", count: width - digits.count) + digits
  }

  private static let words: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf", "nan",
  ]

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter || first == "/", text.last != ":" else {
      return false
    }
    return text.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "_./:@+=-".contains($0))
    } && !words.contains(text.lowercased())
  }
}
