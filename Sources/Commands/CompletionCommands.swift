import Arguments
import SmartContainers

/// `sc completion`.
struct CompletionCommand: SmartCommand {
  static let description = CommandDescription(
    "completion", abstract: "Print the script by which a shell completes sc.",
    discussion: """
      Examples:
        $ source <(sc completion bash)
        $ sc completion fish > ~/.config/fish/completions/sc.fish
      """,
    parser: CompletionCommand.init)

  let global: GlobalOptions
  let shell: CompletionScript

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    shell = try arguments.word("shell", help: "Your shell.", placeholder: .bash)
  }

  func run(_ invocation: Invocation) async throws {
    try invocation.terminal.write(
      shell.text(for: "sc", query: CandidatesCommand.description.name))
  }
}

/// `sc __complete`: what the scripts call.
struct CandidatesCommand: Command {
  static let description = CommandDescription(
    "__complete", abstract: "Print what can come next, a word and its help a line.",
    isHidden: true, parser: CandidatesCommand.init)

  let words: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    words = try arguments.rest("word", help: "What is typed, the last word unfinished.")
  }

  func run() async throws {
    let candidates = Completion(of: words, in: SmartContainersCommand.tree).candidates
    let lines = candidates.map { "\($0.word)\t\($0.help)\n" }.joined()
    try Terminal.write(Array(lines.utf8), to: 1)
  }
}
