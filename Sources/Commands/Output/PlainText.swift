import SmartContainers

/// Text from containers, engines and remotes, made fit for a terminal.
enum PlainText {
  /// Replaces control characters, bidirectional overrides and the like by visible escapes, so
  /// that no foreign text moves the cursor or hides what it says.
  ///
  /// - Parameter keepsLines: whether line feeds and tabs stay.
  static func sanitize(_ text: String, keepsLines: Bool = false) -> String {
    // Most text is plain ASCII, and asking Unicode about each letter takes its time.
    guard !text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }),
      text.unicodeScalars.contains(where: isUnsafe)
    else { return text }
    var safe = ""
    for scalar in text.unicodeScalars {
      if keepsLines && (scalar == "\n" || scalar == "\t") || !isUnsafe(scalar) {
        safe.unicodeScalars.append(scalar)
      } else {
        safe += escape(scalar)
      }
    }
    return safe
  }

  /// A JSON value whose text moves no cursor either: what JSON would let through is escaped.
  static func json(_ value: JSONValue, _ layout: JSONValue.Layout = .compact) -> String {
    let text = value.text(layout)
    guard !text.utf8.allSatisfy({ $0 < 0x7F }) else { return text }
    var safe = ""
    for scalar in text.unicodeScalars {
      if scalar.value >= 0x7F, isUnsafe(scalar) {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          safe += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool { scalar.isHiddenOnTerminals }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\u{1B}": "\\e"
    default: "\\u{" + String(scalar.value, radix: 16) + "}"
    }
  }
}
