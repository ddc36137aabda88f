/// What a command is called, what it is for, and how its arguments are read.
package struct CommandDescription: Sendable {
  /// Declares and reads the arguments of a command.
  package typealias Parser =
    @Sendable (inout ArgumentReader) throws(ArgumentError) -> any Command

  /// Commands under one heading of the help.
  package struct Group: Sendable {
    let title: String
    let commands: [CommandDescription]

    package init(_ title: String, _ commands: [CommandDescription]) {
      self.title = title
      self.commands = commands
    }
  }

  package let name: String
  let aliases: [String]

  /// One sentence, for lists of commands.
  let abstract: String

  /// What else there is to know, with examples.
  let discussion: String

  /// Whether people need not know of it.
  let isHidden: Bool
  let groups: [Group]

  /// Nil for a command that is only the name of others.
  let parser: Parser?

  /// What the common name of others does where none of them is named; nil for its help.
  let fallback: String?

  /// A command that does something.
  package init(
    _ name: String, abstract: String, discussion: String = "", aliases: [String] = [],
    isHidden: Bool = false, parser: @escaping Parser
  ) {
    self.name = name
    self.aliases = aliases
    self.abstract = abstract
    self.discussion = discussion
    self.isHidden = isHidden
    groups = []
    self.parser = parser
    fallback = nil
  }

  /// A command that is the common name of others.
  ///
  /// - Parameter fallback: which of them is meant where none is named; nil for none.
  package init(
    _ name: String, abstract: String, discussion: String = "", groups: [Group],
    fallback: String? = nil
  ) {
    self.name = name
    aliases = []
    self.abstract = abstract
    self.discussion = discussion
    isHidden = false
    self.groups = groups
    parser = nil
    self.fallback = fallback
  }

  var subcommands: [CommandDescription] { groups.flatMap(\.commands) }

  func subcommand(_ word: String) -> CommandDescription? {
    subcommands.first { $0.name == word || $0.aliases.contains(word) }
  }
}
