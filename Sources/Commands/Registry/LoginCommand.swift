import Arguments
import SmartContainers

/// `sc login`.
struct LoginCommand: SmartCommand {
  static let description = CommandDescription(
    "login", abstract: "Let a registry know who you are.",
    discussion: """
      The password is asked for, or read from standard input. What the registry takes is kept \
      where docker keeps it, in config.json or with the helper that is named there, so that \
      docker finds it, too. Without a server it is the public hub.

      Examples:
        $ sc login registry.example.org
        $ sc login -u ada --password-stdin registry.example.org < password
      """,
    parser: LoginCommand.init)

  let global: GlobalOptions
  let username: String?
  let passwordStdin: Bool
  let server: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    username = try arguments.option("username", "u", value: "user", help: "Your name there.")
    passwordStdin = arguments.flag(
      "password-stdin", help: "Read the password from standard input.")
    global = try GlobalOptions(&arguments)
    server = try arguments.optionalWord("server", help: "The registry's host, with a port or not.")
  }

  func run(_ invocation: Invocation) async throws {
    guard !passwordStdin || username?.isEmpty == false else {
      throw UsageError("--password-stdin needs a user: -u USER")
    }
    let terminal = invocation.terminal
    let store = try CredentialStore(try invocation.places())
    let key = CredentialStore.key(for: server)
    // Read before anything else waits: who pipes it in need not stay.
    let piped = passwordStdin ? try password(StandardInput.read(limit: 1 << 16)) : nil
    let engine = try await invocation.engine()
    if username == nil, let known = try await store.credentials(for: key) {
      terminal.note("Authenticating with existing credentials...")
      do {
        return try await login(known, engine, store, terminal)
      } catch let error as EngineError where error.code == .unauthorized {
        terminal.note("Login did not succeed: " + PlainText.sanitize(error.message))
      }
    }
    let user = try username ?? Prompt.line("Username: ")
    guard !user.isEmpty else { throw UsageError("a user is needed") }
    let secret = try piped ?? Prompt.line("Password: ", isSecret: true)
    guard !secret.isEmpty else { throw UsageError("a password is needed") }
    let credentials = RegistryCredentials(server: key, user: user, password: secret)
    try await login(credentials, engine, store, terminal)
  }

  /// Without the line feed that ends the input of most commands.
  private func password(_ bytes: [UInt8]) -> String {
    var rest = bytes[...]
    if rest.last == UInt8(ascii: "\n") { rest.removeLast() }
    if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
    return String(decoding: rest, as: UTF8.self)
  }

  private func login(
    _ credentials: RegistryCredentials, _ engine: EngineClient, _ store: CredentialStore,
    _ terminal: Terminal
  ) async throws {
    let welcome = try await engine.login(credentials)
    var kept = credentials
    if let token = welcome.identityToken { kept.proof = .identityToken(token) }
    if case .file(let path) = try await store.keep(kept) {
      terminal.note(
        "sc: the credentials are kept unencrypted in \(PlainText.sanitize(path.string));\n"
          + "credsStore in that file names a helper that keeps them better.")
    }
    try terminal.writeLine(PlainText.sanitize(welcome.status))
  }
}

/// `sc logout`.
struct LogoutCommand: SmartCommand {
  static let description = CommandDescription(
    "logout", abstract: "Forget the credentials for a registry.",
    discussion: """
      Examples:
        $ sc logout registry.example.org
      """,
    parser: LogoutCommand.init)

  let global: GlobalOptions
  let server: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    server = try arguments.optionalWord("server", help: "The registry's host, with a port or not.")
  }

  func run(_ invocation: Invocation) async throws {
    let key = CredentialStore.key(for: server)
    let isKnown = try await CredentialStore(try invocation.places()).forget(key)
    try invocation.terminal.writeLine(
      isKnown
        ? "Removing login credentials for \(PlainText.sanitize(key))"
        : "Not logged in to \(PlainText.sanitize(key))")
  }
}
