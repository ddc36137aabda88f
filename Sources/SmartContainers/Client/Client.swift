import Canonical
import Curl
import DockerEngine
import HTTP
import History
import Provenance
import SystemPackage

/// A recorded container engine: everything done through it is committed to a `.sc` history.
///
/// ```swift
/// let client = try await Client.open(places)
/// let created = try await client.engine.createContainer(specification, name: "web")
/// try client.finish()
/// ```
public final class Client: Sendable {
  /// The version of this library and of `sc`.
  public static let version = "0.1.0"

  /// The engine, recorded: what changes or copies out state is committed.
  public let engine: EngineClient

  /// The folder of the history.
  public let historyPath: FilePath

  let recorder: Recorder
  let transport: any HTTPTransport

  /// How the engine, and what it publishes, is reached.
  let engineAddress: EngineAddress

  /// Fetches what is imported from the web.
  let web: WebClient

  /// What relative paths are relative to.
  let workingFolder: FilePath

  /// The id of this machine in the history.
  var hostID: String { recorder.environment.participants.host.id }

  /// What `DOCKER_BUILDKIT` says; nil when it is not set.
  let builderVariable: String?

  /// The user's variables, and home folder.
  let environment: [String: String]
  private let home: FilePath?

  /// What an earlier process left and this one settled; nil for nothing.
  public let settlement: String?

  /// What was found damaged in the history and put right or aside, a sentence each.
  public let warnings: [String]

  init(
    engine: EngineClient, at endpoint: HTTPEndpoint, transport: any HTTPTransport,
    recorder: Recorder, places: ClientPlaces, historyPath: FilePath, settlement: String?,
    warnings: [String]
  ) {
    engineAddress = EngineAddress(endpoint)
    web = Self.webClient(places)
    workingFolder = places.workingFolder
    builderVariable = places.environment["DOCKER_BUILDKIT"]
    environment = places.environment
    home = places.home
    self.historyPath = historyPath
    self.warnings = warnings
    self.transport = transport
    self.recorder = recorder
    self.settlement = settlement
    self.engine = engine.over(
      RecordingTransport(
        recorder: recorder, log: SingleOperationLog(recorder: recorder), engine: transport))
  }

  /// Says whether everything that was done is committed.
  ///
  /// - Throws: `SmartContainersError` of code `notYetCommitted` when an operation is done and
  ///   its record waits in the journal for the next start.
  ///   `notKept` when an archive left the engine, is recorded, and could not be kept.
  public func finish() throws(SmartContainersError) {
    guard let failure = recorder.firstFailure else { return try finishKeeping() }
    let cause = SmartContainersError(describing: failure)
    throw SmartContainersError(
      .notYetCommitted, "done, and not yet in the history: \(cause.message)",
      hint: "It waits in the journal; the next sc command that can commits it."
        + (cause.hint.map { "\n" + $0 } ?? ""), cause: failure)
  }

  private func finishKeeping() throws(SmartContainersError) {
    guard let failure = recorder.firstKeepFailure else { return }
    let cause = SmartContainersError(describing: failure)
    throw SmartContainersError(
      .notKept, "done and recorded, and not kept in the history: \(cause.message)",
      hint: "The archive itself is whole where it went.", cause: failure)
  }

  /// Runs the user's hook `post-record` for each operation that was committed since the last time,
  /// with the activity's id and the commit's.
  ///
  /// - Returns: what is to be said of those that failed.
  public func runHooks() async -> [String] {
    let operations = await recorder.history.takeCommitted()
    guard !operations.isEmpty else { return [] }
    let (home, environment) = (home, environment)
    let found = try? await recorder.history.with { history in
      try LocalHook("post-record", of: history, home: home, environment: environment)
    }
    guard let hook = found ?? nil else { return [] }
    let problems = try? await BlockingWork.run {
      operations.compactMap { hook.run([$0.activity.description, $0.commit.description]) }
    }
    return problems ?? []
  }

  /// What recording has taken so far, beyond what the engine took for the operations: writing
  /// the intent, looking at what changed, committing.
  public var recordingTime: Duration { recorder.timeTaken }

  /// The engine, recorded into one composite operation.
  func recordedEngine(
    in log: any OperationLog, notes: OperationNotes = OperationNotes()
  ) -> EngineClient {
    engine.over(
      RecordingTransport(recorder: recorder, log: log, engine: transport, notes: notes))
  }

  /// The engine, each of its operations recorded with what the caller knows of it.
  func recordedEngine(_ notes: OperationNotes) -> EngineClient {
    recordedEngine(in: SingleOperationLog(recorder: recorder), notes: notes)
  }
}

extension Client {
  /// Opens the engine and the history, and settles what an earlier process left.
  ///
  /// - Parameter subject: what the first operation will be about, where that is known: the engine
  ///   is asked for it meanwhile.
  /// - Throws: `SmartContainersError`: `noHistory`, `engineUnreachable` and others.
  public static func open(
    _ places: ClientPlaces, for subject: OperationSubject? = nil
  ) async throws -> Client {
    try await open(places, for: subject) { $0 }
  }

  /// Opens them with a transport around the one that moves the bytes.
  static func open(
    _ places: ClientPlaces, for subject: OperationSubject? = nil,
    over wrapping: (any HTTPTransport) -> any HTTPTransport
  ) async throws -> Client {
    try await explaining {
      let path = try HistoryStore.locate(places)
      async let opened = HistoryStore.open(path, places)
      let (curl, endpoint, pinned) = try reach(places)
      let transport = wrapping(curl)
      let memory = EngineMemory(of: endpoint, in: path)
      // An engine takes longer to say who it is than for most operations.
      let info =
        memory?.isPromising == true
        ? nil : Task { try? await EngineClient.info(over: transport) }
      async let greeted = greet(transport)
      let machine = Machine()
      let (greeting, store): (EngineGreeting, HistoryStore)
      let engine: EngineClient
      var lookahead: Lookahead?
      do {
        greeting = try await greeted
        engine = try EngineClient(transport: transport, after: greeting, pinned: pinned)
        lookahead = Lookahead(at: subject, on: engine)
        store = try await opened
      } catch {
        lookahead?.cancel()
        info?.cancel()
        throw error
      }
      let observer = EngineObserver(
        engine: engine, endpoint: endpoint, greeting: greeting, memory: memory, info: info,
        lookahead: lookahead)
      let recorder = Recorder(
        environment: store.recordingEnvironment(places, on: machine), history: store.queue,
        observer: observer)
      let recorded = engine.over(
        RecordingTransport(
          recorder: recorder, log: SingleOperationLog(recorder: recorder), engine: transport))
      let settlement = Settlement(recorder: recorder) { name in
        guard (try? await engine.inspectContainer(name)) != nil else { return }
        try? await recorded.removeContainer(name, removesVolumes: true, force: true)
      }
      let report = try await settlement.run()
      return Client(
        engine: engine, at: endpoint, transport: transport, recorder: recorder, places: places,
        historyPath: path, settlement: report.summary, warnings: store.repair.map { [$0] } ?? [])
    }
  }

  /// Opens the engine alone; nothing is recorded.
  public static func openEngine(_ places: ClientPlaces) async throws -> EngineClient {
    try await explaining { try await connect(places) }
  }

  /// Opens the engine alone, and tells its versions.
  public static func engineVersion(_ places: ClientPlaces) async throws -> EngineVersion {
    try await explaining { try await connect(places).version() }
  }

  private static func connect(
    _ places: ClientPlaces
  ) async throws -> EngineClient {
    let (transport, _, pinned) = try reach(places)
    return try EngineClient(
      transport: transport, after: try await greet(transport), pinned: pinned)
  }

  /// Finds where the engine listens; nothing is sent yet.
  static func reach(
    _ places: ClientPlaces
  ) throws -> (transport: CurlTransport, endpoint: HTTPEndpoint, pinned: APIVersion?) {
    let found = try EngineEndpoint.resolve(
      host: places.engineHost, context: places.engineContext, environment: places.environment,
      configurationFolder: places.dockerFolder ?? "/nonexistent")
    let transport = CurlTransport(
      endpoint: found.endpoint, userAgent: "SmartContainers/\(version)")
    return (transport, found.endpoint, found.apiVersion.flatMap { APIVersion($0) })
  }

  private static func greet(_ transport: any HTTPTransport) async throws -> EngineGreeting {
    try await greeting { try await EngineClient.greet(transport) }
  }

  /// Explains what goes wrong before anything was asked for: no operation can be in doubt.
  private static func greeting<Result>(
    _ body: () async throws -> Result
  ) async throws -> Result {
    do {
      return try await body()
    } catch let error as EngineError
      where ![.version, .unauthorized, .forbidden].contains(error.code)
    {
      let status = error.status.map { " (status \($0))" } ?? ""
      throw SmartContainersError(
        .engineUnreachable, "what answers is no Docker-compatible engine\(status)",
        hint: "Check the address in -H, DOCKER_HOST or the docker context.", cause: error)
    } catch let error as TransportError where [.malformed, .tooLarge].contains(error.code) {
      throw SmartContainersError(
        .engineUnreachable, error.description,
        hint: "Check the address in -H, DOCKER_HOST or the docker context.", cause: error)
    } catch let error as TransportError where [.lost, .other].contains(error.code) {
      throw SmartContainersError(
        .engineUnreachable, error.description,
        hint: "Nothing was asked of it yet; look at the engine's log and try again.",
        cause: error)
    }
  }

  private static func explaining<Result>(
    _ body: () async throws -> Result
  ) async throws -> Result {
    do {
      return try await body()
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      throw SmartContainersError(describing: error)
    }
  }
}
