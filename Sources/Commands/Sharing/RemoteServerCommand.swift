import Arguments
import SmartContainers

/// `sc remote init-server`.
struct RemoteServerCommand: SmartCommand {
  static let description = CommandDescription(
    "init-server", abstract: "Make a shared history that defends itself.",
    discussion: """
      A bare git repository with a hook that refuses what would rewrite or remove history, changed \
      activities, malformed records, what looks like a secret, and unsigned commits where it is \
      told to. The hook needs git and a shell, and no sc: it can be copied to any server.

      Examples:
        $ sc remote init-server /srv/git/lab.git
        $ sc remote init-server --require-signatures --allowed-signers lab.signers /srv/git/lab.git
      """,
    parser: RemoteServerCommand.init)

  let global: GlobalOptions
  let requireSignatures: Bool
  let allowedSigners: String?
  let shared: Bool
  let force: Bool
  let quiet: Bool
  let path: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    requireSignatures = arguments.flag(
      "require-signatures", help: "Take signed commits only.")
    allowedSigners = try arguments.option(
      "allowed-signers", value: "file", help: "Those whose signatures count, as ssh-keygen has it.")
    shared = arguments.flag("shared", help: "All users of its group may push.")
    force = arguments.flag("force", "f", help: "Replace another pre-receive hook.")
    quiet = arguments.flag("quiet", "q", help: "Say nothing when it worked.")
    global = try GlobalOptions(&arguments)
    path = try arguments.word("path", help: "The folder of the repository.")
  }

  func run(_ invocation: Invocation) async throws {
    var policy = ServerPolicy()
    policy.requiresSignatures = requireSignatures
    policy.allowedSigners = allowedSigners.map(invocation.absolute)
    policy.isForGroup = shared
    policy.replacesHook = force
    let path = invocation.absolute(path).lexicallyNormalized()
    let (existed, namesSigners) = try HistoryStore.createShared(at: path, policy)
    if requireSignatures, !namesSigners {
      invocation.terminal.note(
        "sc: warning: it names no allowed signers, so that no SSH signature is good there; "
          + "--allowed-signers FILE names them")
    }
    guard !quiet else { return }
    try invocation.terminal.writeLine(
      (existed ? "Completed the shared history" : "Initialized an empty shared history")
        + " in \(PlainText.sanitize("\(path)"))/")
  }
}
