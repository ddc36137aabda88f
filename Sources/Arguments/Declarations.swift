/// What a command can be given, in the order in which its help shows it.
package struct Declarations: Sendable {
  /// An option: a flag, or a name with a value.
  struct Option: Sendable {
    /// Its names without dashes; one character is a letter. The first is the one that errors name.
    let names: [String]

    /// What its value is; nil for a flag.
    let valueName: String?
    let help: String

    /// The words that its value can be; nil for any.
    var choices: [String]?

    /// Whether `--no-NAME` turns the flag off.
    var isNegatable = false

    /// Of a flag whose letter alone means another option before some words: that option.
    var alternative: Alternative?

    /// Whether `-3` is short for `-n 3`.
    var isCount = false

    /// The heading of the help that it stands under.
    var section = 0
  }

  /// Another option that a flag's letter stands for when the word behind it is its value.
  package struct Alternative: Sendable {
    /// The option's name without dashes.
    let name: String

    /// Whether a word is a value of that option.
    let isValue: @Sendable (String) -> Bool

    package init(_ name: String, when isValue: @escaping @Sendable (String) -> Bool) {
      self.name = name
      self.isValue = isValue
    }
  }

  /// A word that is no option.
  struct Word: Sendable {
    enum Arity: Sendable {
      case one
      case optional
      case oneOrMore
      case any
      /// All from here on, options or not: they are somebody else's.
      case rest
    }

    let name: String
    let help: String
    let arity: Arity
    var choices: [String]?
  }

  /// The headings; the first is that of the command's own options.
  private(set) var sections = ["Options"]
  private(set) var options: [Option] = []
  private(set) var words: [Word] = []
  private var indices: [String: Int] = [:]

  /// What an initializer asks for.
  init(of parser: CommandDescription.Parser) {
    var reader = ArgumentReader()
    // Without input nothing can be wrong.
    _ = try? parser(&reader)
    self = reader.declarations
  }

  init() {}

  mutating func begin(section title: String) { sections.append(title) }

  mutating func add(_ option: Option) {
    var option = option
    option.section = sections.count - 1
    for name in option.names { indices[name] = options.count }
    if option.isNegatable { for name in option.names { indices["no-" + name] = options.count } }
    options.append(option)
  }

  mutating func add(_ word: Word) { words.append(word) }

  /// The index of the option of that name.
  func index(of name: String) -> Int? { indices[name] }

  /// Whether the first word that is no option ends the options.
  var endsAtFirstWord: Bool { words.last?.arity == .rest }

  /// All long names, with their dashes.
  var longNames: [String] {
    options.flatMap(\.names).filter { $0.count > 1 }.map { "--" + $0 }
  }
}
