/// Splits a command line into options and words, by the habits of git and docker: `--name=value`,
/// `--name value`, `-n value`, `-nvalue`, `-n=value`, letters together (`-dp 80:80`), flags with
/// their truth (`--rm=false`), and `--` before words that begin with a dash.
///
/// Source: POSIX, Utility Syntax Guidelines; Go, strconv.ParseBool, for the truth of a flag.
struct ArgumentScanner {
  enum Token: Equatable {
    /// - Parameters:
    ///   - spelling: the name as typed, with its dashes.
    ///   - value: of a flag, `true` or `false`.
    case option(Int, spelling: String, value: String)
    case word(String)
    case help
  }

  private let declarations: Declarations
  private(set) var rest: ArraySlice<String>
  private var letters: Substring = ""
  private var hasEnded = false

  init(_ arguments: ArraySlice<String>, _ declarations: Declarations) {
    rest = arguments
    self.declarations = declarations
  }

  /// The next of them; nil at the end.
  mutating func next() throws(ArgumentError) -> Token? {
    if let letter = letters.popFirst() { return try short(letter) }
    guard let word = rest.popFirst() else { return nil }
    if hasEnded || !word.hasPrefix("-") || word == "-" {
      hasEnded = hasEnded || declarations.endsAtFirstWord
      return .word(word)
    }
    if word == "--" {
      hasEnded = true
      return try next()
    }
    if word.hasPrefix("--") { return try long(word) }
    letters = word.dropFirst()
    if let count = takeCount() { return count }
    return try next()
  }

  private mutating func long(_ word: String) throws(ArgumentError) -> Token {
    let equals = word.firstIndex(of: "=")
    let spelling = String(word[..<(equals ?? word.endIndex)])
    let value = equals.map { String(word[word.index(after: $0)...]) }
    let name = String(spelling.dropFirst(2))
    guard let index = declarations.index(of: name), name.count > 1 else {
      if name == "help" { return .help }
      throw unknown(spelling)
    }
    if declarations.options[index].valueName == nil {
      return try flag(index, spelling, value)
    }
    guard let value = value ?? rest.popFirst() else { throw lacksValue(spelling) }
    return .option(index, spelling: spelling, value: value)
  }

  private mutating func short(_ letter: Character) throws(ArgumentError) -> Token {
    let spelling = "-\(letter)"
    guard let index = declarations.index(of: String(letter)) else {
      if letter == "h" { return .help }
      throw unknown(spelling)
    }
    let isFlag = declarations.options[index].valueName == nil
    if let other = takeAlternative(of: index, spelling) { return other }
    guard !isFlag || letters.first == "=" else { return try flag(index, spelling, nil) }
    var value: String?
    if !letters.isEmpty {
      value = String(letters.first == "=" ? letters.dropFirst() : letters)
      letters = ""
    }
    if isFlag { return try flag(index, spelling, value) }
    guard let value = value ?? rest.popFirst() else { throw lacksValue(spelling) }
    return .option(index, spelling: spelling, value: value)
  }

  /// `-i data.csv`, where `-i` is a flag and stands for an option with that value.
  private mutating func takeAlternative(of index: Int, _ spelling: String) -> Token? {
    // The last word is somebody's who needs one.
    guard let alternative = declarations.options[index].alternative, letters.isEmpty,
      let word = rest.first, rest.count > 1, alternative.isValue(word),
      let other = declarations.index(of: alternative.name)
    else { return nil }
    rest.removeFirst()
    return .option(other, spelling: spelling, value: word)
  }

  private func flag(
    _ index: Int, _ spelling: String, _ value: String?
  ) throws(ArgumentError) -> Token {
    let isOn: Bool
    switch value ?? "true" {
    case "1", "t", "T", "true", "True", "TRUE": isOn = true
    case "0", "f", "F", "false", "False", "FALSE": isOn = false
    default: throw ArgumentError("\(spelling) is a flag: true or false, not '\(value ?? "")'")
    }
    let option = declarations.options[index]
    let isNegated = !option.names.contains(String(spelling.drop { $0 == "-" }))
    return .option(index, spelling: spelling, value: isOn != isNegated ? "true" : "false")
  }

  /// `-3` where it means `-n 3`.
  private mutating func takeCount() -> Token? {
    guard letters.allSatisfy({ $0.isASCII && $0.isNumber }),
      let index = declarations.options.firstIndex(where: \.isCount)
    else { return nil }
    defer { letters = "" }
    return .option(index, spelling: "-\(letters)", value: String(letters))
  }

  private func lacksValue(_ spelling: String) -> ArgumentError {
    ArgumentError("option '\(spelling)' needs a value")
  }

  private func unknown(_ spelling: String) -> ArgumentError {
    let near = Spelling.nearest(to: spelling, among: declarations.longNames + ["--help"])
    let question = near.first.map { "; did you mean '\($0)'?" } ?? ""
    return ArgumentError("unknown option '\(spelling)'\(question)")
  }
}
