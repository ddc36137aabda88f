import Canonical
import Git
import Glibc
import History
import Provenance
import SystemPackage

/// The `.sc` history of a user, opened: what `sc init`, `log`, `show`, `diff` and `config` read
/// and write.
public final class HistoryStore: Sendable {
  let queue: HistoryQueue

  /// The folder of the history.
  public let path: FilePath

  /// The id of this machine in this history.
  public let hostID: String

  /// The settings in force.
  public let configuration: Configuration

  /// Whether a folder is a history: it has the key by which secrets are hidden, and belongs into no
  /// image.
  static func isHistory(_ folder: FilePath) -> Bool {
    access(folder.appending("sc").appending("redaction.key").string, F_OK) == 0
  }

  /// What opening it mended, in words; nil for nothing.
  public let repair: String?

  /// What was finished earlier and is committed since it was opened, and what could not be, in
  /// words; nil for nothing. What only an engine can tell of, `Client.open` settles.
  public let settlement: String?

  private let redactionKey: [UInt8]

  /// What programs that sign get.
  let environment: [String: String]

  private init(
    _ queue: HistoryQueue, _ configuration: Configuration, _ repair: HistoryRepair?,
    _ settlement: Settlement.Report?, _ environment: [String: String]
  ) throws(HistoryError) {
    self.environment = environment
    let history = queue.history
    self.queue = queue
    self.repair = repair?.summary
    self.settlement = settlement?.summary
    path = history.path
    hostID = try history.hostID()
    redactionKey = try history.redactionKey()
    self.configuration = configuration
  }

  /// Makes a history, or completes one that is there.
  ///
  /// - Returns: whether it was there before.
  public static func create(at path: FilePath) throws -> Bool {
    do {
      return try HistoryRepository.create(at: path).existed
    } catch {
      throw SmartContainersError(describing: error)
    }
  }

  /// Finds the history to use.
  static func locate(_ places: ClientPlaces) throws(HistoryError) -> FilePath {
    try HistoryLocation.find(
      explicit: places.explicitHistory, environment: places.environmentHistory,
      from: places.workingFolder, home: places.userFolder?.removingLastComponent())
  }

  /// Opens the history to write to it.
  ///
  /// - Parameter settles: whether what the journal has to its end is committed.
  static func open(
    _ path: FilePath, _ places: ClientPlaces, settles: Bool = false
  ) async throws -> HistoryStore {
    let executor = HistoryQueue.makeExecutor()
    return try await executor.run {
      let (history, _) = try HistoryRepository.open(at: path)
      let (configuration, repair) = try prepare(history, places)
      let settlement = settles ? Settlement.commitFinished(in: history) : nil
      return try HistoryStore(
        HistoryQueue(history, on: executor), configuration, repair, settlement, places.environment)
    }
  }

  /// Makes a history ready, with what it is to be signed with: what a repair commits again is, too.
  private static func prepare(
    _ history: HistoryRepository, _ places: ClientPlaces
  ) throws -> (Configuration, HistoryRepair?) {
    let early: Configuration?
    do {
      early = try configuration(of: history, places)
    } catch is HistoryError {
      early = nil
    }
    history.sign(with: early?.signer(places.environment))
    let repair = try history.prepareToWrite()
    // What is not mended may be all that it was read from.
    let configuration =
      try repair == nil
      ? early ?? configuration(of: history, places)
      : configuration(of: history, places)
    history.sign(with: configuration.signer(places.environment))
    return (configuration, repair)
  }

  /// Opens the history that the places lead to, and commits what was finished earlier and is
  /// not committed.
  ///
  /// - Throws: `SmartContainersError`: `noHistory` and others.
  public static func open(_ places: ClientPlaces) async throws -> HistoryStore {
    do {
      return try await open(try locate(places), places, settles: true)
    } catch {
      throw SmartContainersError(describing: error)
    }
  }

  /// What records say beyond what the engine says.
  func recordingEnvironment(_ places: ClientPlaces, on machine: Machine) -> RecordingEnvironment {
    let policy = configuration[.redactionEnvironment].flatMap { Redactor.Policy(rawValue: $0) }
    return RecordingEnvironment(
      now: SystemClock.now,
      makeID: { time in
        var generator = SystemRandomNumberGenerator()
        return ActivityID(at: time, using: &generator)
      },
      arguments: places.arguments,
      participants: Activity.Participants(
        person: configuration.person,
        account: UserAccount(name: machine.userName, uid: Int64(getuid())),
        client: SoftwareAgent(
          name: "sc", version: Client.version,
          library: .init(name: "SmartContainers", version: Client.version)),
        engine: nil,
        host: Host(
          id: hostID, hostname: machine.hostname, operatingSystem: machine.operatingSystem,
          kernelVersion: machine.kernelVersion, architecture: machine.architecture,
          coreCount: machine.coreCount, memoryInBytes: machine.memoryInBytes)),
      redactor: Redactor(key: redactionKey, policy: policy ?? .matching),
      contexts: ContextLoader(configuration, places))
  }
}

extension Configuration {
  /// Who signs what is committed; nil for nobody.
  func signer(_ environment: [String: String]) -> GitSigner? {
    self[.signingKey].map { GitSigner(GitSigner.Key($0), environment: environment) }
  }

  /// The configured person; nil when nobody said a name or an ORCID iD.
  var person: Person? {
    let orcid = self[.agentORCID].flatMap { try? ORCID($0) }
    guard let name = self[.agentName] ?? orcid?.description else { return nil }
    return Person(
      name: name, email: self[.agentEmail], orcid: orcid, organization: self[.agentOrganization])
  }
}

extension HistoryRepair {
  fileprivate var summary: String {
    var text = "mended a damaged history: \(replayed) operation(s) committed again"
    if !damagedObjects.isEmpty { text += ", \(damagedObjects.count) object(s) replaced" }
    if let preserved { text += ", the broken tip is kept as \(preserved)" }
    if !corruptEntries.isEmpty { text += ", \(corruptEntries.count) could not be read" }
    return text
  }
}
