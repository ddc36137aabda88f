import Glibc
import SmartContainers
import Synchronization
import SystemPackage

/// One call of `sc`: its environment, its terminal, and what it opens.
///
/// The only reader of the process's environment, arguments and folders.
struct Invocation: Sendable {
  let environment: [String: String]
  let terminal: Terminal
  private(set) var options: GlobalOptions

  /// The arguments as the user typed them, the command's name first.
  let arguments: [String]

  /// What `--config` names, once it was read: a pipe has it once.
  private let handedIn = HandedInOnce()

  /// The working folder, where it is not that of the process.
  private var ownFolder: FilePath?

  init(_ options: GlobalOptions) {
    environment = Self.processEnvironment()
    arguments = ["sc"] + CommandLine.arguments.dropFirst()
    terminal = Terminal(color: options.color, environment: environment)
    self.options = options
  }

  /// The same call as if it were made in another folder, with the history of that.
  func moved(to folder: FilePath) -> Invocation {
    var moved = self
    moved.ownFolder = folder
    moved.options.scDir = folder.appending(".sc").string
    return moved
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
    if let ownFolder { return ownFolder }
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
    return folder.pushing(given).lexicallyNormalized()
  }

  /// Where the history, the engine and the settings are to be found.
  func places() throws -> ClientPlaces {
    var places = ClientPlaces(workingFolder: folder)
    places.explicitHistory = options.scDir.map(absolute)
    places.environmentHistory = environment["SC_DIR"].flatMap { $0.isEmpty ? nil : absolute($0) }
    places.userFolder = userFolder
    places.home = home
    places.engineHost = options.host
    places.engineContext = options.context
    places.environment = environment
    // Programs that are run for a password ask at the terminal, and not where there is none.
    if isatty(STDIN_FILENO) != 1 { places.environment["GIT_TERMINAL_PROMPT"] = "0" }
    places.dockerFolder =
      environment["DOCKER_CONFIG"].flatMap { $0.isEmpty ? nil : FilePath($0) }
      ?? home?.appending(".docker")
    places.flags = try Dictionary(
      options.set.map { entry throws(UsageError) in try Self.setting(entry) },
      uniquingKeysWith: { $1 })
    if let file = options.config ?? environment["SC_CONFIG"].flatMap({ $0.isEmpty ? nil : $0 }) {
      places.handedInSettings = try handedIn.values { try handedInSettings(file).values }
    }
    places.arguments = arguments
    return places
  }

  /// Reads settings that the user hands in; `-` is standard input.
  func handedInSettings(_ file: String) throws -> HandedInSettings {
    try HandedInSettings(
      readDocument(file, "settings", upTo: HandedInSettings.byteLimit),
      named: file == "-" ? "standard input" : file)
  }

  private static func setting(
    _ entry: String
  ) throws(UsageError) -> (ConfigurationKey, String) {
    let halves = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, let key = ConfigurationKey(rawValue: String(halves[0])) else {
      throw UsageError("--set \(entry): expected KEY=VALUE; sc config --help lists the keys")
    }
    return (key, String(halves[1]))
  }

  /// Does something with a client that records.
  ///
  /// - Parameter subject: what will be done something to first.
  /// - Throws: also when all was done and a record waits to be committed.
  func withClient<Result>(
    for subject: OperationSubject? = nil, _ body: (Client) async throws -> Result
  ) async throws -> Result {
    try await SetUp(invocation: self).offer()
    let client = try await Client.open(try places(), for: subject)
    for warning in client.warnings { terminal.note("sc: warning: " + PlainText.sanitize(warning)) }
    if let settlement = client.settlement {
      terminal.note("sc: of what an earlier command left: " + PlainText.sanitize(settlement))
    }
    let result: Result
    do {
      result = try await body(client)
    } catch {
      do { try client.finish() } catch { terminal.note(FailureReport(error).text) }
      await runHooks(of: client)
      throw error
    }
    try client.finish()
    await runHooks(of: client)
    if environment["SC_TRACE"] == "timing" {
      terminal.note("recording \(client.recordingTime / .milliseconds(1)) ms")
    }
    if await client.isConsolidationDue {
      BackgroundConsolidation.start(for: client.historyPath)
    }
    return result
  }

  private func runHooks(of client: Client) async {
    for problem in await client.runHooks() {
      terminal.note("sc: warning: " + PlainText.sanitize(problem))
    }
  }

  /// A client that only reads the engine.
  func engine() async throws -> EngineClient { try await Client.openEngine(try places()) }

  /// Runs `body` with standard output going through the pager, where one is wanted.
  ///
  /// - Throws: when the reader is gone; a user who leaves the pager is no failure, and ends the
  ///   command.
  func paged<Result>(_ body: () async throws -> Result) async throws -> Result {
    let pager =
      options.noPager ? nil : Pager.start(for: terminal, environment: environment)
    defer { pager?.finish() }
    do {
      return try await body()
    } catch let error as OutputError where pager != nil && error.isBrokenPipe {
      throw ProcessExit(status: ExitStatus.done.rawValue)
    }
  }
}

/// Settings that are read when they are first asked for.
private final class HandedInOnce: Sendable {
  private let found = Mutex<[ConfigurationKey: String]?>(nil)

  func values(
    _ read: () throws -> [ConfigurationKey: String]
  ) throws -> [ConfigurationKey: String] {
    try found.withLock { found in
      if let values = found { return values }
      let values = try read()
      found = values
      return values
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

  /// Reads a document that the user named; `-` is standard input.
  ///
  /// - Parameter content: what it should be: `a document of JSON-LD`.
  func readDocument(_ name: String, _ content: String, upTo limit: Int) throws -> [UInt8] {
    guard name != "-" else { return try StandardInput.read(content, limit: limit) }
    if let pipe = Self.openPipe(absolute(name)) {
      return try pipe.closeAfter {
        try StandardInput.read(from: pipe.rawValue, named: name, content, limit: limit)
      }
    }
    do {
      return try TextFile.readBytes(absolute(name), limit: limit)
    } catch Errno.fileTooLarge {
      throw UsageError("\(name) is larger than \(limit) bytes; it should be \(content)")
    } catch {
      throw UsageError("\(name) cannot be read: \(error)")
    }
  }

  /// Opens a pipe without waiting for its other end; nil for anything else.
  private static func openPipe(_ path: FilePath) -> FileDescriptor? {
    var status = stat()
    guard stat(path.string, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return nil }
    return try? FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
  }
}
