/// What can come next on a command line, for the shell to offer.
package struct Completion: Sendable {
  /// One that can come next.
  package struct Candidate: Sendable, Equatable {
    package let word: String
    package let help: String
  }

  /// Nothing where a file may stand, or anything: the shell offers files then.
  package let candidates: [Candidate]

  /// - Parameter words: what is typed, without the program's name; the last is unfinished.
  package init(of words: [String], in tree: CommandTree) {
    let typed = words.last ?? ""
    var command = tree.root
    for word in words.dropLast() where command.parser == nil && !word.hasPrefix("-") {
      command = command.subcommand(word) ?? command
    }
    let declarations = command.parser.map { Declarations(of: $0) } ?? tree.shared
    let all: [Candidate]
    if let choices = Self.choices(after: words.dropLast().last, typed, declarations) {
      all = choices.map { Candidate(word: $0, help: "") }
    } else if typed.hasPrefix("-") {
      all =
        declarations.options.flatMap { option in
          option.names.map { Candidate(word: ($0.count > 1 ? "--" : "-") + $0, help: option.help) }
        } + [Candidate(word: "--help", help: "Show help.")]
    } else if command.parser == nil {
      all = command.subcommands.filter { !$0.isHidden }
        .map { Candidate(word: $0.name, help: $0.abstract) }
    } else {
      all = declarations.words.first?.choices?.map { Candidate(word: $0, help: "") } ?? []
    }
    candidates = all.filter { $0.word.hasPrefix(typed) }
  }

  /// The words that the value of the option before can be; nil when no value is wanted here.
  private static func choices(
    after word: String?, _ typed: String, _ declarations: Declarations
  ) -> [String]? {
    guard let word, word.hasPrefix("-"), !word.contains("="),
      let index = declarations.index(of: String(word.drop { $0 == "-" }))
    else { return nil }
    let option = declarations.options[index]
    return option.valueName == nil ? nil : option.choices ?? []
  }
}
