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

  /// What an earlier process left and this one settled; nil for nothing.
  public let settlement: String?

  init(
    engine: EngineClient, transport: any HTTPTransport, recorder: Recorder,
    historyPath: FilePath, settlement: String?
  ) {
    self.historyPath = historyPath
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
  public func finish() throws(SmartContainersError) {
    guard let failure = recorder.firstFailure else { return }
    let cause = SmartContainersError(describing: failure)
    throw SmartContainersError(
      .notYetCommitted, "done, and not yet in the history: \(cause.message)",
      hint: "The record is safe in the journal; the next sc command commits it."
        + (cause.hint.map { " " + $0 } ?? ""), cause: failure)
  }

  /// What recording has taken so far, beyond what the engine took for the operations: writing
  /// the intent, looking at what changed, committing.
  public var recordingTime: Duration { recorder.timeTaken }

  /// The engine, recorded into one composite operation.
  func recordedEngine(in log: any OperationLog, notes: BuildNotes? = nil) -> EngineClient {
    engine.over(
      RecordingTransport(recorder: recorder, log: log, engine: transport, buildNotes: notes))
  }
}

extension Client {
  /// Opens the engine and the history, and settles what an earlier process left.
  ///
  /// - Throws: `SmartContainersError`: `noHistory`, `engineUnreachable` and others.
  public static func open(_ places: ClientPlaces) async throws -> Client {
    try await explaining {
      let path = try HistoryStore.locate(places)
      async let opened = HistoryStore.open(path, places)
      let (transport, engine, version, endpoint) = try await connect(places)
      let observer = EngineObserver(engine: engine, version: version, endpoint: endpoint)
      await observer.prepare()
      let store = try await opened
      let recorder = Recorder(
        environment: store.recordingEnvironment(places), history: store.queue,
        observer: observer)
      let report = try await Settlement(recorder: recorder).run()
      return Client(
        engine: engine, transport: transport, recorder: recorder, historyPath: path,
        settlement: report.summary)
    }
  }

  /// Opens the engine alone; nothing is recorded.
  public static func openEngine(_ places: ClientPlaces) async throws -> EngineClient {
    try await explaining { try await connect(places).engine }
  }

  /// Opens the engine alone, and tells its versions.
  public static func engineVersion(_ places: ClientPlaces) async throws -> EngineVersion {
    try await explaining { try await connect(places).version }
  }

  private static func connect(
    _ places: ClientPlaces
  ) async throws -> (
    transport: any HTTPTransport, engine: EngineClient, version: EngineVersion,
    endpoint: HTTPEndpoint
  ) {
    let found = try EngineEndpoint.resolve(
      host: places.engineHost, context: places.engineContext, environment: places.environment,
      configurationFolder: places.dockerFolder ?? "/nonexistent")
    let transport = CurlTransport(
      endpoint: found.endpoint, userAgent: "SmartContainers/\(version)")
    let (engine, version) = try await EngineClient.connect(
      transport, pinned: found.apiVersion.flatMap { APIVersion($0) })
    return (transport, engine, version, found.endpoint)
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
