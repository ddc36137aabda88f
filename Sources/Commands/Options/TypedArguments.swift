import ArgumentParser

/// The arguments as typed, brought into the order and the spelling that the parser reads.
///
/// Git and docker users write global options before the command (`sc --sc-dir x log`), values
/// behind a letter (`-eA=B`, `-p8080:80`), letters together (`-dp 80:80`) and flags with their
/// truth (`--rm=true`).
struct TypedArguments {
  /// The names of the command: `["container", "create"]`; empty for none.
  let path: [String]

  /// What the parser reads, the path first.
  let words: [String]

  /// - Throws: `UsageError` for a command that there is not, with the one that may be meant.
  init(_ arguments: [String], of root: any ParsableCommand.Type) throws(UsageError) {
    var rest = arguments[...]
    let leading = Self.takeLeadingOptions(from: &rest)
    let isHelp = rest.first == "help"
    let names = isHelp ? rest.dropFirst() : rest
    var path: [String] = []
    var command: any ParsableCommand.Type = root
    for word in names {
      let subcommands = command.configuration.subcommands
      if let next = subcommands.first(where: { Self.names(of: $0).contains(word) }) {
        path.append(next._commandName)
        command = next
      } else if !subcommands.isEmpty, !word.hasPrefix("-") {
        throw UsageError(CommandSuggestion(for: word, in: path, root: root).text)
      } else {
        break
      }
    }
    self.path = path
    guard !isHelp else {
      words = ["help"] + path
      return
    }
    let spelling = OptionSpelling(of: path)
    words = path + leading + spelling.normalized(rest.dropFirst(path.count))
  }

  private static func names(of command: any ParsableCommand.Type) -> [String] {
    [command._commandName] + command.configuration.aliases
  }

  private static let leadingWithValue: Set<String> = [
    "--sc-dir", "-H", "--host", "--context", "--set", "--color",
  ]

  private static func takeLeadingOptions(from rest: inout ArraySlice<String>) -> [String] {
    var leading: [String] = []
    while let first = rest.first, first.hasPrefix("-") {
      if first == "--no-pager" || leadingWithValue.contains(where: { first.hasPrefix($0 + "=") }) {
        leading.append(rest.removeFirst())
      } else if leadingWithValue.contains(first), rest.count > 1 {
        leading += [rest.removeFirst(), rest.removeFirst()]
      } else if first.hasPrefix("-H") {
        leading += ["-H", String(rest.removeFirst().dropFirst(2))]
      } else {
        break
      }
    }
    return leading
  }
}
