/// All commands of a program.
package struct CommandTree: Sendable {
  /// What a command line asks for.
  package enum Request: Sendable {
    case command(any Command)
    /// Text for standard output: help, or the version.
    case text(String)
  }

  /// A command that was found, and what is left for it to read.
  struct Match {
    var command: CommandDescription
    var path: [String] = []
    var arguments: [String] = []
  }

  let root: CommandDescription
  let version: String

  /// The options that every command takes, and that may stand before its name too.
  let shared: Declarations

  /// - Parameters:
  ///   - version: what `--version` prints.
  ///   - shared: declares the options that every command takes; the result is not looked at.
  package init(
    _ root: CommandDescription, version: String, shared: CommandDescription.Parser
  ) {
    self.root = root
    self.version = version
    self.shared = Declarations(of: shared)
  }

  /// Reads a command line, without the program's name.
  ///
  /// - Throws: `ArgumentError`, with the path of the command whose help says more.
  package func request(_ arguments: [String]) throws(ArgumentError) -> Request {
    if arguments.first == "help" { return .text(try help(about: arguments.dropFirst())) }
    guard let match = try find(arguments) else { return .text(version + "\n") }
    guard let parser = match.command.parser else { return .text(help(on: match)) }
    do throws(ArgumentError) {
      let declarations = Declarations(of: parser)
      guard var reader = try ArgumentReader(match.arguments, declarations) else {
        return .text(help(on: match))
      }
      let command = try parser(&reader)
      try reader.finish()
      return .command(command)
    } catch {
      throw ArgumentError(error.message, path: match.path)
    }
  }

  /// The path of the command that a command line names, as far as it does.
  package func path(of arguments: [String]) -> [String] {
    ((try? find(arguments)) ?? nil)?.path ?? []
  }

  /// Finds the command; nil when the version is asked for.
  ///
  /// - Returns: of a command that is only a name, when its help is wanted.
  private func find(_ arguments: [String]) throws(ArgumentError) -> Match? {
    var match = Match(command: root)
    var rest = arguments[...]
    var leading: [String] = []
    while match.command.parser == nil {
      if match.path.isEmpty, rest.first == "--version" { return nil }
      if let fallback = Self.fallback(of: match.command, rest) {
        match.command = fallback
        match.path.append(fallback.name)
        break
      }
      var scanner = ArgumentScanner(rest, shared)
      let token: ArgumentScanner.Token?
      do throws(ArgumentError) {
        token = try scanner.next()
      } catch {
        throw ArgumentError(error.message, path: match.path)
      }
      switch token {
      case .help, nil: return match
      case .option: leading += rest.prefix(rest.count - scanner.rest.count)
      case .word(let word):
        guard let next = match.command.subcommand(word) else {
          throw CommandSuggestion(for: word, in: match.path, of: self).error
        }
        match.command = next
        match.path.append(next.name)
      }
      rest = scanner.rest
    }
    match.arguments = leading + rest
    return match
  }

  /// What is meant by the name of a group and nothing but options: `git remote -v`.
  private static func fallback(
    of command: CommandDescription, _ rest: ArraySlice<String>
  ) -> CommandDescription? {
    guard rest.allSatisfy({ $0.hasPrefix("-") && $0 != "--help" && $0 != "-h" }) else { return nil }
    return command.fallback.flatMap(command.subcommand)
  }

  private func help(about names: ArraySlice<String>) throws(ArgumentError) -> String {
    var match = Match(command: root)
    for word in names {
      guard let next = match.command.subcommand(word) else {
        throw CommandSuggestion(for: word, in: match.path, of: self).error
      }
      match.command = next
      match.path.append(next.name)
    }
    return help(on: match)
  }

  private func help(on match: Match) -> String {
    HelpText(match.command, name: ([root.name] + match.path).joined(separator: " "), self).text
  }

  /// Every command, with its path; those that are only names too.
  var commands: [(path: [String], command: CommandDescription)] {
    Self.commands(below: root, [])
  }

  private static func commands(
    below command: CommandDescription, _ path: [String]
  ) -> [(path: [String], command: CommandDescription)] {
    command.subcommands.filter { !$0.isHidden }.flatMap {
      [(path + [$0.name], $0)] + commands(below: $0, path + [$0.name])
    }
  }
}
