import DockerEngine

/// Texts as a POSIX shell reads them, and docker's commands in it.
///
/// Quoted is by single quotes, which mean nothing but what is between them. A control character, or
/// another that moves a terminal's cursor or hides what stands there, is written as
/// `"$(printf '\033')"`: so what is copied from a terminal is what was recorded, and the same text is
/// written to a terminal and to a file. A line break stays one between quotes; it would be lost at
/// the end of what `$(…)` gives.
struct ShellText {
  let blanks: BlankNames

  /// Whether each blank tells by itself that it is missing; else somebody did before.
  let isChecking: Bool

  /// A word of a command.
  func word(_ text: String) -> String {
    blanks.parts(of: text).map { part in
      switch part {
      case .text(let text): Self.quoted(text)
      case .blank(let name): isChecking ? checked(name) : "\"$\(name)\""
      }
    }.joined()
  }

  /// A blank that ends the command when it is missing.
  func checked(_ name: String) -> String { "\"${\(name):?\(Self.missing)}\"" }

  /// What a shell says of a blank that is missing, behind its name.
  static let missing = "is missing: it was redacted"

  static func quoted(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isWritten) else { return ShellWords.quoted(text) }
    var quoted = ""
    var rest = text.unicodeScalars[...]
    while let first = rest.first {
      let run = rest.prefix { isWritten($0) == isWritten(first) }
      rest = rest[run.endIndex...]
      let text = String(String.UnicodeScalarView(run))
      quoted += isWritten(first) ? "\"$(printf '\(octal(text))')\"" : ShellWords.quoted(text)
    }
    return quoted
  }

  private static func isWritten(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\n" && scalar.isHiddenOnTerminals
  }

  private static func octal(_ text: String) -> String {
    text.utf8.map { byte in
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }.joined()
  }

  /// A command, an option a line.
  func command(_ words: [String], options: [[String]], operands: [[String]]) -> String {
    let lines = options.map { $0.map(word).joined(separator: " ") } + [self.operands(operands)]
    return ([words.joined(separator: " ")] + lines).joined(separator: " \\\n  ")
  }

  /// The words behind the options, which are none even where they look like some.
  private func operands(_ operands: [[String]]) -> String {
    let words = operands.flatMap(\.self)
    let isMarked = operands.contains { $0.first?.hasPrefix("-") == true }
    return ((isMarked ? ["--"] : []) + words.map(word)).joined(separator: " ")
  }

  /// A line that says something to people.
  static func comment(_ text: String) -> String {
    var line = "# "
    for scalar in text.unicodeScalars {
      if scalar.isHiddenOnTerminals {
        line += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        line.unicodeScalars.append(scalar)
      }
    }
    return line + "\n"
  }
}

extension Unicode.Scalar {
  /// Whether a terminal does something else with it than to show it: control characters,
  /// bidirectional overrides and the like.
  package var isHiddenOnTerminals: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
