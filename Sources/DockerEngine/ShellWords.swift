/// The words of a command line, as a POSIX shell splits them without expanding anything.
///
/// Source: POSIX.1-2017, XCU 2.2, "Quoting".
public enum ShellWords {
  /// A line that ends within quotes or after a backslash.
  public struct Unfinished: Error, Sendable, Equatable, CustomStringConvertible {
    public let line: String

    public var description: String { "the command line \(line) ends within quotes" }
  }

  /// A word as a shell reads it again.
  package static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      let character = Character(UnicodeScalar(byte))
      return character.isASCII
        && (character.isLetter || character.isNumber || "%+,-./:=@_".contains(character))
    }
    return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }

  /// Splits a line at its blanks, and takes quotes and backslashes away.
  public static func split(_ line: String) throws(Unfinished) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = line[...]
    while let character = rest.popFirst() {
      switch (character, quote) {
      case (_, nil) where character.isWhitespace:
        if let word { words.append(word) }
        word = nil
      case ("'", nil), ("\"", nil):
        quote = character
        word = word ?? ""
      case (quote, _): quote = nil
      case ("\\", nil), ("\\", "\""):
        guard let next = rest.popFirst() else { throw Unfinished(line: line) }
        // A backslash before a line feed continues the line, and is itself within quotes before
        // what has no meaning there.
        let isKept = quote != nil && !"\\\"$`\n".contains(next)
        word = (word ?? "") + (isKept ? "\\" : "") + (next == "\n" ? "" : String(next))
      default: word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { throw Unfinished(line: line) }
    return words + (word.map { [$0] } ?? [])
  }
}
