import Glibc
import SmartContainers
import Synchronization
import SystemPackage

/// One call of `sc`: its environment, its terminal, and what it opens.
///
/// The only reader of the process's environment, arguments and folders.
struct Invocation: Sendable {
  /// The clients that record in this call.
  private let opened = OpenedClients()

  let environment: [String: String]
  let terminal: Terminal
  let options: GlobalOptions

  /// The arguments as the user typed them, the command's name first.
  let arguments: [String]

  init(_ options: GlobalOptions) {
    environment = Self.processEnvironment()
    arguments = ["sc"] + CommandLine.arguments.dropFirst()
    terminal = Terminal(color: options.color, environment: environment)
    self.options = options
  }

  var style: Style { Style(isColored: terminal.isColored) }

  private static func processEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    var cursor = environ
    while let entry = cursor.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      cursor += 1
    }
    return variables
  }

  /// The user's home folder; nil when nobody knows it.
  var home: FilePath? {
    if let home = environment["HOME"], !home.isEmpty { return FilePath(home) }
    guard let entry = getpwuid(getuid()), let folder = entry.pointee.pw_dir else { return nil }
    return FilePath(String(cString: folder))
  }

  /// The working folder.
  var folder: FilePath {
    guard let buffer = getcwd(nil, 0) else { return "." }
    defer { free(buffer) }
    return FilePath(String(cString: buffer))
  }

  /// The folder of the user's own settings and history: `SC_HOME`, else `~/.sc`.
  var userFolder: FilePath? {
    environment["SC_HOME"].flatMap { $0.isEmpty ? nil : FilePath($0) }
      ?? home.map { $0.appending(".sc") }
  }

  /// Makes a path absolute as this process sees it.
  func absolute(_ path: String) -> FilePath {
    let given = FilePath(path)
    return given.isAbsolute ? given.lexicallyNormalized() : folder.pushing(given)
  }

  /// Where the history, the engine and the settings are to be found.
  func places() throws -> ClientPlaces {
    var places = ClientPlaces(workingFolder: folder)
    places.explicitHistory = options.scDir.map(absolute)
    places.environmentHistory = environment["SC_DIR"].flatMap { $0.isEmpty ? nil : absolute($0) }
    places.userFolder = userFolder
    places.engineHost = options.host
    places.engineContext = options.context
    places.environment = environment
    places.dockerFolder =
      environment["DOCKER_CONFIG"].flatMap { $0.isEmpty ? nil : FilePath($0) }
      ?? home?.appending(".docker")
    places.flags = try Dictionary(
      options.set.map { entry throws(UsageError) in try Self.setting(entry) },
      uniquingKeysWith: { $1 })
    places.arguments = arguments
    return places
  }

  private static func setting(
    _ entry: String
  ) throws(UsageError) -> (ConfigurationKey, String) {
    let halves = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, let key = ConfigurationKey(rawValue: String(halves[0])) else {
      throw UsageError("--set \(entry): expected KEY=VALUE; sc config list shows the keys")
    }
    return (key, String(halves[1]))
  }

  /// A client that records; what it had to mend is told at once.
  func client() async throws -> Client {
    let client = try await Client.open(try places())
    opened.withLock { $0.append(client) }
    for warning in client.warnings { terminal.note("sc: warning: " + PlainText.sanitize(warning)) }
    return client
  }

  /// Runs a command, and says when something that it did is not in the history yet.
  ///
  /// A command that fails, or a container's own exit code, goes before that.
  func recording(_ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let exit as ProcessExit where exit.status == ExitStatus.done.rawValue {
      try finish()
      throw exit
    } catch {
      do { try finish() } catch { terminal.note(FailureReport(error).text) }
      throw error
    }
    try finish()
  }

  private func finish() throws {
    for client in opened.withLock({ $0 }) { try client.finish() }
  }

  /// A client that only reads the engine.
  func engine() async throws -> EngineClient { try await Client.openEngine(try places()) }

  /// Runs `body` with standard output going through the pager, where one is wanted.
  func paged(_ body: () async throws -> Void) async throws {
    let pager =
      options.noPager ? nil : Pager.start(for: terminal, environment: environment)
    defer { pager?.finish() }
    do {
      try await body()
    } catch let error as OutputError where pager != nil && error.isBrokenPipe {
      return
    }
  }
}

extension Invocation {
  /// Reads a small file of text that the user named.
  func readText(_ name: String) throws -> String {
    do {
      return try TextFile.read(absolute(name))
    } catch {
      throw UsageError("\(name) cannot be read: \(error)")
    }
  }
}

/// The clients that one call opened.
private final class OpenedClients: Sendable {
  private let clients = Mutex<[Client]>([])

  func withLock<Result: Sendable>(_ body: (inout [Client]) -> Result) -> Result {
    clients.withLock { body(&$0) }
  }
}
