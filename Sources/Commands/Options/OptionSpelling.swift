/// How the options of one command may be written, for those spellings of docker and git that
/// the parser does not read.
struct OptionSpelling {
  /// The letters that take a value.
  private let lettersWithValue: String

  /// Whether everything behind the first word that is no option belongs to the container.
  private let endsAtFirstWord: Bool

  /// The long options without a value; nil when nobody needs to know.
  private let flags: Set<String>?

  /// Whether `-3` means `-n 3`.
  private let takesCount: Bool

  private static let creationLetters = "elwuhvpmcH"
  private static let creationFlags: Set<String> = [
    "interactive", "tty", "no-healthcheck", "publish-all", "privileged", "read-only", "init",
    "rm", "detach", "no-pager", "help", "version",
  ]

  /// The letters with a value besides `-H`, by command.
  private static let letters: [String: String] = [
    "container commit": "amc", "container stop": "ts", "container restart": "ts",
    "container kill": "s", "container ls": "nf", "container logs": "n", "image build": "tfm",
    "image ls": "f", "log": "n",
  ]

  init(of path: [String]) {
    let name = path.joined(separator: " ")
    endsAtFirstWord = name == "run" || name == "container create"
    lettersWithValue =
      endsAtFirstWord ? Self.creationLetters : Self.letters[name, default: ""] + "H"
    flags = endsAtFirstWord ? Self.creationFlags : nil
    takesCount = name == "log"
  }

  /// The same arguments as the parser reads them.
  func normalized(_ arguments: ArraySlice<String>) -> [String] {
    var words: [String] = []
    var rest = arguments
    while let word = rest.popFirst() {
      if word == "--" || endsAtFirstWord && !word.hasPrefix("-") {
        return words + [word] + rest
      } else if word.hasPrefix("--") {
        words += long(word, &rest)
      } else if word.hasPrefix("-"), word.count > 1 {
        words += short(word, &rest)
      } else {
        words.append(word)
      }
    }
    return words
  }

  private func long(_ word: String, _ rest: inout ArraySlice<String>) -> [String] {
    let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let isFlag = flags.map { $0.contains(String(halves[0].dropFirst(2))) }
    guard halves.count > 1 else {
      guard isFlag == false, let value = rest.popFirst() else { return [word] }
      return Self.option(word, value)
    }
    switch (isFlag, halves[1]) {
    case (true, "true"), (true, "1"): return [String(halves[0])]
    case (true, "false"), (true, "0"): return []
    default: return Self.option(String(halves[0]), String(halves[1]))
    }
  }

  private func short(_ word: String, _ rest: inout ArraySlice<String>) -> [String] {
    var letters = word.dropFirst()
    if takesCount, letters.allSatisfy(\.isNumber) { return ["-n=\(letters)"] }
    var words: [String] = []
    while let letter = letters.popFirst() {
      guard lettersWithValue.contains(letter) else {
        words.append("-\(letter)")
        continue
      }
      if letters.first == "=" {
        letters.removeFirst()
      } else if letters.isEmpty {
        guard let value = rest.popFirst() else { return words + ["-\(letter)"] }
        letters = value[...]
      }
      return words + Self.option("-\(letter)", String(letters))
    }
    return words
  }

  /// A value that begins with a dash or has an equals sign is safe behind one.
  private static func option(_ name: String, _ value: String) -> [String] {
    value.isEmpty ? [name, value] : ["\(name)=\(value)"]
  }
}
