import Arguments
import SmartContainers

/// `sc remote`.
enum RemoteCommand {
  static let description = CommandDescription(
    "remote", abstract: "Manage the remotes that a history is shared with.",
    groups: [
      CommandDescription.Group(
        "Commands",
        [
          RemoteListCommand.description, RemoteAddCommand.description,
          RemoteRenameCommand.description, RemoteRemoveCommand.description,
          RemoteURLCommand.description, RemoteSetURLCommand.description,
          RemoteServerCommand.description,
        ])
    ], fallback: "list")
}

/// `sc remote list`.
struct RemoteListCommand: SmartCommand {
  static let description = CommandDescription(
    "list", abstract: "Print the remotes.",
    discussion: """
      Examples:
        $ sc remote list
        $ sc remote list -v
      """,
    aliases: ["ls"],
    parser: RemoteListCommand.init)

  let global: GlobalOptions
  let verbose: Bool
  let json: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    verbose = arguments.flag("verbose", "v", help: "Also where they are.")
    json = arguments.flag("json", help: "Write one JSON array.")
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    let remotes = try await HistoryStore.open(try invocation.places()).remotes()
    if json {
      try invocation.terminal.write(
        .array(
          remotes.map { remote in
            [
              "name": .string(remote.name), "url": .string(Remote.shown(remote.url)),
              "pushURL": .string(Remote.shown(remote.pushURL)),
            ]
          }))
      return
    }
    for remote in remotes {
      let name = PlainText.sanitize(remote.name)
      guard verbose else {
        try invocation.terminal.writeLine(name)
        continue
      }
      for (url, purpose) in [(remote.url, "fetch"), (remote.pushURL, "push")] {
        try invocation.terminal.writeLine(
          "\(name)\t\(PlainText.sanitize(Remote.shown(url))) (\(purpose))")
      }
    }
  }
}

/// `sc remote add`.
struct RemoteAddCommand: SmartCommand {
  static let description = CommandDescription(
    "add", abstract: "Add a remote.",
    discussion: """
      An address is one of git's: a path, file://, ssh://, git://, http:// or https://, or \
      user@host:path. A path is taken from the working folder and kept whole.

      Examples:
        $ sc remote add origin git@example.org:lab/history.git
        $ sc remote add -f archive /srv/git/history.git
      """,
    parser: RemoteAddCommand.init)

  let global: GlobalOptions
  let fetch: Bool
  let name: String
  let url: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    fetch = arguments.flag("fetch", "f", help: "Fetch from it at once.")
    global = try GlobalOptions(&arguments)
    name = try arguments.word("name", help: "What it is called here: origin.")
    url = try arguments.word("url", help: "Where it is.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.withSharing(isQuiet: false) { sharing in
      let store = try await HistoryStore.open(try invocation.places())
      try await store.addRemote(name, at: url, try invocation.places())
      guard fetch else { return }
      let (url, changes) = try await sharing.fetch(name)
      invocation.note(changes, from: url)
    }
  }
}

/// `sc remote rename`.
struct RemoteRenameCommand: SmartCommand {
  static let description = CommandDescription(
    "rename", abstract: "Give a remote another name.",
    discussion: """
      Examples:
        $ sc remote rename origin lab
      """,
    parser: RemoteRenameCommand.init)

  let global: GlobalOptions
  let name: String
  let newName: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    name = try arguments.word("old", help: "The remote.")
    newName = try arguments.word("new", help: "Its new name.")
  }

  func run(_ invocation: Invocation) async throws {
    try await HistoryStore.open(try invocation.places()).renameRemote(name, to: newName)
  }
}

/// `sc remote remove`.
struct RemoteRemoveCommand: SmartCommand {
  static let description = CommandDescription(
    "remove", abstract: "Forget a remote, and what is known of its branches.",
    discussion: """
      Nothing is changed there.

      Examples:
        $ sc remote remove lab
      """,
    aliases: ["rm"],
    parser: RemoteRemoveCommand.init)

  let global: GlobalOptions
  let name: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    name = try arguments.word("name", help: "The remote.")
  }

  func run(_ invocation: Invocation) async throws {
    try await HistoryStore.open(try invocation.places()).removeRemote(name)
  }
}

/// `sc remote get-url`.
struct RemoteURLCommand: SmartCommand {
  static let description = CommandDescription(
    "get-url", abstract: "Print where a remote is.",
    discussion: """
      A password in it is not printed.

      Examples:
        $ sc remote get-url --push origin
      """,
    parser: RemoteURLCommand.init)

  let global: GlobalOptions
  let push: Bool
  let name: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    push = arguments.flag("push", help: "Where it is pushed to.")
    global = try GlobalOptions(&arguments)
    name = try arguments.word("name", help: "The remote.")
  }

  func run(_ invocation: Invocation) async throws {
    let remotes = try await HistoryStore.open(try invocation.places()).remotes()
    guard let remote = remotes.first(where: { $0.name == name }) else {
      throw SmartContainersError(
        .failed, "no such remote: \(name)", hint: "sc remote list shows what is there.")
    }
    try invocation.terminal.writeLine(
      PlainText.sanitize(Remote.shown(push ? remote.pushURL : remote.url)))
  }
}

/// `sc remote set-url`.
struct RemoteSetURLCommand: SmartCommand {
  static let description = CommandDescription(
    "set-url", abstract: "Say where a remote is now.",
    discussion: """
      Examples:
        $ sc remote set-url origin https://example.org/lab/history.git
        $ sc remote set-url --push origin git@example.org:lab/history.git
      """,
    parser: RemoteSetURLCommand.init)

  let global: GlobalOptions
  let push: Bool
  let name: String
  let url: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    push = arguments.flag("push", help: "Where it is pushed to; it is fetched from where it was.")
    global = try GlobalOptions(&arguments)
    name = try arguments.word("name", help: "The remote.")
    url = try arguments.word("url", help: "Where it is.")
  }

  func run(_ invocation: Invocation) async throws {
    let places = try invocation.places()
    try await HistoryStore.open(places).setURL(
      ofRemote: name, to: url, isForPushing: push, places)
  }
}
