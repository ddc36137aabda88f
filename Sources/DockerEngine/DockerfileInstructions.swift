/// The instructions of a Dockerfile: continued lines joined; comments and heredocs left out.
///
/// Source: Dockerfile reference, "Format", "Parser directives" and "Here-Documents"; moby/buildkit,
/// frontend/dockerfile/parser.
struct DockerfileInstructions {
  /// One instruction.
  struct Instruction {
    /// The line on which it begins, counted from 1.
    let line: Int

    /// In capitals.
    let keyword: String

    /// The words behind it; white space in quotes divides none.
    let words: [String]

    /// The flags that it begins with: `--from=build` is `from`, `build`.
    var flags: [(name: String, value: String)] {
      words.prefix { $0.hasPrefix("--") }.map { word in
        let halves = word.dropFirst(2).split(
          separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(halves[0]), halves.count > 1 ? String(halves[1]) : "")
      }
    }

    /// The words behind the flags.
    var operands: [String] { Array(words.drop { $0.hasPrefix("--") }) }

    func flags(named name: String) -> [String] { flags.filter { $0.name == name }.map(\.value) }
  }

  private(set) var instructions: [Instruction] = []

  /// The image that understands the file, of `# syntax=`; nil for the engine's own.
  private(set) var frontend: String?
  private(set) var hasHeredocs = false

  /// The character that continues a line.
  private var escape: Character = "\\"
  private let lines: [Substring]

  init(_ text: String) {
    let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    readDirectives()
    readInstructions()
  }

  /// Reads the comments before everything else that are no comments.
  private mutating func readDirectives() {
    for line in lines {
      let content = Self.trimmed(line)
      guard content.first == "#", let equals = content.firstIndex(of: "=") else { return }
      let name = Self.trimmed(content[content.index(after: content.startIndex)..<equals])
      guard name.first?.isLetter == true,
        name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
      else { return }
      let value = Self.trimmed(content[content.index(after: equals)...])
      switch name.lowercased() {
      case "syntax": frontend = value.split(separator: " ").first.map(String.init)
      case "escape" where value == "`": escape = "`"
      default: break
      }
    }
  }

  private mutating func readInstructions() {
    var pending = ""
    var start = 0
    var index = 0
    while index < lines.count {
      let line = lines[index]
      let content = Self.trimmed(line)
      index += 1
      // Comments and empty lines may also stand in the middle of an instruction.
      if content.first != "#" && !content.isEmpty {
        if pending.isEmpty { start = index }
        let isContinued = isContinued(content)
        let text = pending.isEmpty ? content : Self.trimmedEnd(line)
        pending += isContinued ? text.dropLast() : text
        if isContinued && index < lines.count { continue }
      } else if index < lines.count || pending.isEmpty {
        continue
      }
      index = end(ofHeredocsOf: take(pending, at: start), from: index)
      pending = ""
    }
  }

  /// Reads an instruction; nil for nothing but white space.
  private mutating func take(_ text: String, at line: Int) -> Instruction? {
    let words = Self.words(text)
    guard let keyword = words.first else { return nil }
    let instruction = Instruction(
      line: line, keyword: keyword.uppercased(), words: Array(words.dropFirst()))
    instructions.append(instruction)
    return instruction
  }

  private func isContinued(_ content: Substring) -> Bool {
    content.last == escape && content.dropLast().last != escape
  }

  /// The index of the line behind an instruction's heredocs; one without an end is none.
  private mutating func end(ofHeredocsOf instruction: Instruction?, from start: Int) -> Int {
    guard let instruction, ["RUN", "COPY", "ADD"].contains(instruction.keyword) else {
      return start
    }
    var index = start
    for heredoc in instruction.operands.compactMap(Self.heredoc) {
      let end = lines[index...].firstIndex { line in
        (heredoc.isIndented ? line.drop { $0 == "\t" } : line) == heredoc.name
      }
      guard let end else { return start }
      index = end + 1
      hasHeredocs = true
    }
    return index
  }

  /// What ends the heredoc that a word begins: `<<EOF`, `<<-"EOF"`, `3<<EOF`; nil for another word.
  private static func heredoc(_ word: String) -> (name: String, isIndented: Bool)? {
    let rest = word.drop { $0.isASCII && $0.isNumber }
    guard rest.hasPrefix("<<") else { return nil }
    var name = rest.dropFirst(2)
    let isIndented = name.first == "-"
    if isIndented { name = name.dropFirst() }
    let bare = DockerfileWords.unquoted(name)
    guard !bare.isEmpty, !name.contains("<"), !bare.contains(where: \.isWhitespace) else {
      return nil
    }
    return (bare, isIndented)
  }

  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped || character == "\\" {
        isEscaped.toggle()
        word.append(character)
        continue
      }
      if quote == nil, character.isWhitespace {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      if quote == character {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
      }
      word.append(character)
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func trimmed(_ text: Substring) -> Substring {
    trimmedEnd(text.drop { $0.isWhitespace })
  }

  private static func trimmedEnd(_ text: Substring) -> Substring {
    var rest = text
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}

/// The words of instructions: quotes and variables.
enum DockerfileWords {
  static func unquoted(_ text: some StringProtocol) -> String {
    String(text.filter { $0 != "\"" && $0 != "'" })
  }

  /// Fills in `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}`.
  static func substitute(_ text: some StringProtocol, _ values: [String: String]) -> String {
    var result = ""
    var rest = Substring(text)
    while let character = rest.popFirst() {
      guard character == "$" else {
        result.append(character)
        continue
      }
      if rest.first == "{", let end = rest.firstIndex(of: "}") {
        let inside = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        let name = inside.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        let value = values[String(name)] ?? ""
        let other = inside.dropFirst(name.count).drop { $0 == ":" }
        switch other.first {
        case "-": result += value.isEmpty ? String(other.dropFirst()) : value
        case "+": result += value.isEmpty ? "" : String(other.dropFirst())
        default: result += value
        }
      } else {
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        rest = rest.dropFirst(name.count)
        result += values[String(name)] ?? ""
      }
    }
    return result
  }
}
