/// The help of one command.
struct HelpText {
  private static let width = 80
  private static let indent = 28

  let text: String

  /// - Parameter name: the whole name: `sc container create`.
  init(_ command: CommandDescription, name: String, _ tree: CommandTree) {
    let declarations = command.parser.map { Declarations(of: $0) } ?? Declarations()
    var parts = [
      command.abstract, "Usage: " + Self.usage(of: command, name: name, declarations),
    ]
    if !command.discussion.isEmpty { parts.append(Self.paragraphs(command.discussion)) }
    if !declarations.words.isEmpty {
      let lines = declarations.words.map { word in
        Self.line("<\(word.name)>", word.help + Self.listed(word.choices))
      }
      parts.append("Arguments:\n" + lines.joined(separator: "\n"))
    }
    for group in command.groups {
      let lines = group.commands.filter { !$0.isHidden }.map { Self.line($0.name, $0.abstract) }
      if !lines.isEmpty { parts.append(group.title + ":\n" + lines.joined(separator: "\n")) }
    }
    parts += Self.options(of: command.parser == nil ? tree.shared : declarations)
    if command.parser == nil {
      parts.append("See '\(tree.root.name) help COMMAND' for what a command takes.")
    }
    text = parts.joined(separator: "\n\n") + "\n"
  }

  /// `sc container rm [<options>] <container>...`.
  static func usage(
    of command: CommandDescription, name: String, _ declarations: Declarations
  ) -> String {
    guard command.parser != nil else { return name + " <command>" }
    let words = declarations.words.map { word in
      switch word.arity {
      case .one: "<\(word.name)>"
      case .optional: "[<\(word.name)>]"
      case .oneOrMore: "<\(word.name)>..."
      case .any, .rest: "[<\(word.name)>...]"
      }
    }
    return ([name, "[<options>]"] + words).joined(separator: " ")
  }

  /// The options, a text for each heading that has any.
  private static func options(of declarations: Declarations) -> [String] {
    declarations.sections.indices.compactMap { section in
      let lines = declarations.options.filter { $0.section == section }
        .map { line($0.spelling(valueIn: "<", ">"), $0.explanation, isOption: true) }
      let own = declarations.sections[section]
      return lines.isEmpty ? nil : own + ":\n" + lines.joined(separator: "\n")
    }
  }

  private static func listed(_ choices: [String]?) -> String {
    choices.map { " One of: " + $0.joined(separator: ", ") + "." } ?? ""
  }

  private static func line(_ name: String, _ help: String, isOption: Bool = false) -> String {
    let name = isOption && name.hasPrefix("--") ? "      " + name : "  " + name
    var lines = wrapped(help, to: width - indent)
    guard name.count < indent - 1 else {
      return ([name] + lines.map { padding(indent) + $0 }).joined(separator: "\n")
    }
    let first = lines.isEmpty ? "" : lines.removeFirst()
    return ([name + padding(indent - name.count) + first] + lines.map { padding(indent) + $0 })
      .joined(separator: "\n")
  }

  /// Lines that are too long are broken, but for examples, which are to be copied.
  private static func paragraphs(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.flatMap { line in
      line.count <= width || line.hasPrefix(" ") ? [line] : wrapped(line, to: width)
    }.joined(separator: "\n")
  }

  private static func padding(_ count: Int) -> String { String(repeating: " ", count: count) }

  private static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension Declarations.Option {
  /// `-e, --env <name=value>`: letters first.
  func spelling(valueIn open: String, _ close: String) -> String {
    let letters = names.filter { $0.count == 1 }.map { "-" + $0 }
    let long = names.filter { $0.count > 1 }.map { (isNegatable ? "--[no-]" : "--") + $0 }
    let value = valueName.map { " \(open)\($0)\(close)" } ?? ""
    return (letters + long).joined(separator: ", ") + value
  }

  /// What it does, and the words that its value can be.
  var explanation: String {
    guard let choices, valueName != nil else { return help }
    return help + " One of: " + choices.joined(separator: ", ") + "."
  }
}
