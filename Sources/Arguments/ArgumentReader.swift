/// Hands a command what was typed, one declared option or word after the other.
///
/// A command declares and reads its arguments in one place, its initializer. It runs twice: first
/// without input, to collect the declarations by which the command line is split (and of which
/// the help is made), then with it.
///
/// ```swift
/// init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
///   force = arguments.flag("force", "f", help: "Kill a running container first.")
///   containers = try arguments.words("container", help: "Names or ids.")
/// }
/// ```
package struct ArgumentReader {
  /// An option as it was typed.
  private struct Occurrence {
    let spelling: String
    let value: String
  }

  /// What was typed, split.
  private struct Input {
    var options: [Int: [Occurrence]] = [:]
    var words: ArraySlice<String> = []
  }

  private(set) var declarations: Declarations
  private var input: Input?

  /// A reader without input: every option is absent and every word empty.
  init() { declarations = Declarations() }

  /// - Returns: nil when help is asked for.
  init?(_ arguments: [String], _ declarations: Declarations) throws(ArgumentError) {
    self.declarations = declarations
    var scanner = ArgumentScanner(arguments[...], declarations)
    var input = Input()
    var words: [String] = []
    var firstError: ArgumentError?
    // Help is given although something else is wrong.
    while true {
      do throws(ArgumentError) {
        guard let token = try scanner.next() else { break }
        switch token {
        case .help: return nil
        case .word(let word): words.append(word)
        case .option(let index, let spelling, let value):
          input.options[index, default: []].append(
            Occurrence(spelling: spelling, value: value))
        }
      } catch {
        firstError = firstError ?? error
      }
    }
    if let firstError { throw firstError }
    input.words = words[...]
    self.input = input
  }

  /// Begins a group of options with a heading of its own in the help.
  package mutating func section(_ title: String) {
    if input == nil { declarations.begin(section: title) }
  }

  /// A flag: whether it is on.
  ///
  /// - Parameter alternative: the option that its letter means before some words.
  package mutating func flag(
    _ names: String..., help: String, unless alternative: Declarations.Alternative? = nil
  ) -> Bool {
    take(
      Declarations.Option(
        names: names, valueName: nil, help: help, alternative: alternative)
    ).last?.value == "true"
  }

  /// A flag that `--no-NAME` turns off, and that is on when nobody says anything.
  package mutating func flagOn(_ names: String..., help: String) -> Bool {
    let option = Declarations.Option(
      names: names, valueName: nil, help: help, isNegatable: true)
    return take(option).last?.value != "false"
  }

  /// An option with a value, the last one typed; nil when there is none.
  ///
  /// - Parameters:
  ///   - value: what the value is, for the help: `number`.
  ///   - isCount: whether `-3` gives it too.
  package mutating func option<Value: ArgumentValue>(
    _ names: String..., value: String, help: String, isCount: Bool = false
  ) throws(ArgumentError) -> Value? {
    let option = Declarations.Option(
      names: names, valueName: value, help: help, choices: Value.choices, isCount: isCount)
    guard let last = take(option).last else { return nil }
    return try read(last)
  }

  /// An option that may be given more than once.
  package mutating func options<Value: ArgumentValue>(
    _ names: String..., value: String, help: String
  ) throws(ArgumentError) -> [Value] {
    let option = Declarations.Option(
      names: names, valueName: value, help: help, choices: Value.choices)
    var values: [Value] = []
    for occurrence in take(option) { values.append(try read(occurrence)) }
    return values
  }

  private mutating func take(_ option: Declarations.Option) -> [Occurrence] {
    guard let input else {
      declarations.add(option)
      return []
    }
    guard let index = declarations.index(of: option.names[0]) else { return [] }
    return input.options[index] ?? []
  }

  private func read<Value: ArgumentValue>(
    _ occurrence: Occurrence
  ) throws(ArgumentError) -> Value {
    if let value = Value(argument: occurrence.value) { return value }
    throw Self.refusal(of: occurrence.value, for: occurrence.spelling, Value.choices)
  }

  private static func refusal(
    of text: String, for place: String, _ choices: [String]?
  ) -> ArgumentError {
    let expected = choices.map { "; expected \($0.joined(separator: ", "))" } ?? ""
    return ArgumentError("invalid value '\(text)' for '\(place)'\(expected)")
  }
}

extension ArgumentReader {
  /// A word that must be there.
  ///
  /// - Parameter placeholder: stands for it while only the declarations are collected.
  package mutating func word<Value: ArgumentValue>(
    _ name: String, help: String, placeholder: Value
  ) throws(ArgumentError) -> Value {
    let words = try take(
      Declarations.Word(name: name, help: help, arity: .one, choices: Value.choices))
    guard let word = words.first else { return placeholder }
    guard let value = Value(argument: word) else {
      throw Self.refusal(of: word, for: "<\(name)>", Value.choices)
    }
    return value
  }

  /// A word that must be there.
  package mutating func word(_ name: String, help: String) throws(ArgumentError) -> String {
    try word(name, help: help, placeholder: "")
  }

  /// A word that may be missing.
  package mutating func optionalWord(
    _ name: String, help: String
  ) throws(ArgumentError) -> String? {
    try take(Declarations.Word(name: name, help: help, arity: .optional)).first
  }

  /// All other words, one at least.
  package mutating func words(_ name: String, help: String) throws(ArgumentError) -> [String] {
    try take(Declarations.Word(name: name, help: help, arity: .oneOrMore))
  }

  /// All other words, if any.
  package mutating func optionalWords(
    _ name: String, help: String
  ) throws(ArgumentError) -> [String] {
    try take(Declarations.Word(name: name, help: help, arity: .any))
  }

  /// All that is behind the words before, options or not: they are somebody else's.
  package mutating func rest(_ name: String, help: String) throws(ArgumentError) -> [String] {
    try take(Declarations.Word(name: name, help: help, arity: .rest))
  }

  private mutating func take(_ word: Declarations.Word) throws(ArgumentError) -> [String] {
    guard let words = input?.words else {
      declarations.add(word)
      return []
    }
    let isSingle = word.arity == .one || word.arity == .optional
    let taken = isSingle ? words.prefix(1) : words
    input?.words = words.dropFirst(taken.count)
    if taken.isEmpty, word.arity == .one || word.arity == .oneOrMore {
      throw ArgumentError("the argument <\(word.name)> is missing")
    }
    return Array(taken)
  }

  /// - Throws: when a word is left that nobody has asked for.
  func finish() throws(ArgumentError) {
    if let word = input?.words.first { throw ArgumentError("unexpected argument '\(word)'") }
  }
}
