/// The manual page of one command.
///
/// Source: man(7).
package struct ManualPage: Sendable {
  /// `sc-container-create.1`.
  package let fileName: String
  package let text: String

  /// The pages of all commands, the program's own first.
  ///
  /// - Parameter date: of the program's version: `2026-11-23`.
  package static func all(of tree: CommandTree, date: String) -> [ManualPage] {
    [ManualPage([], tree.root, tree, date)]
      + tree.commands.map { ManualPage($0.path, $0.command, tree, date) }
  }

  private init(
    _ path: [String], _ command: CommandDescription, _ tree: CommandTree, _ date: String
  ) {
    let words = [tree.root.name] + path
    let page = words.joined(separator: "-")
    fileName = page + ".1"
    let declarations = command.parser.map { Declarations(of: $0) } ?? Declarations()
    let shown = command.parser == nil ? tree.shared : declarations
    let name = words.joined(separator: " ")
    var lines = [
      #".TH "\#(page.uppercased())" "1" "\#(date)" "\#(tree.version)""#, ".SH NAME",
      Self.escaped("\(page) - \(command.abstract)"), ".SH SYNOPSIS",
      Self.escaped(HelpText.usage(of: command, name: name, declarations)),
    ]
    if !command.discussion.isEmpty {
      lines += [".SH DESCRIPTION", ".nf", Self.escaped(command.discussion), ".fi"]
    }
    for group in command.groups {
      lines.append(".SH " + Self.escaped(group.title.uppercased()))
      for sub in group.commands where !sub.isHidden {
        lines += Self.item("\(page)-\(sub.name)(1)", sub.abstract)
      }
    }
    if !declarations.words.isEmpty { lines.append(".SH ARGUMENTS") }
    for word in declarations.words { lines += Self.item("<\(word.name)>", word.help) }
    for (index, section) in shown.sections.enumerated() {
      let options = shown.options.filter { $0.section == index }
      if !options.isEmpty { lines.append(".SH " + Self.escaped(section.uppercased())) }
      for option in options {
        lines += Self.item(option.spelling(valueIn: "<", ">"), option.explanation)
      }
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func item(_ term: String, _ text: String) -> [String] {
    [".TP", #"\fB"# + escaped(term) + #"\fR"#, escaped(text)]
  }

  /// Nothing at the beginning of a line is a request, and a hyphen is a minus that can be copied.
  private static func escaped(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var escaped = ""
      for character in line {
        switch character {
        case "\\": escaped += #"\e"#
        case "-": escaped += #"\-"#
        default: escaped.append(character)
        }
      }
      return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? #"\&"# + escaped : escaped
    }
    return lines.joined(separator: "\n")
  }
}
