import Canonical
import DockerEngine
import History
import Provenance

extension Client {
  /// Finds the ways into a container or an image: services and folders with data.
  ///
  /// Nothing is started and nothing recorded; a container may be running, stopped or only created.
  /// What left a container last is told where there is a history that knows it.
  ///
  /// - Parameter kind: what the name is, where a container and an image share it.
  /// - Throws: `EngineError` of code `notFound`; `SmartContainersError` for declarations that make no
  ///   sense.
  public static func entryPoints(
    of name: String, kind: EngineObject.Kind? = nil, _ places: ClientPlaces
  ) async throws -> EntryPoints {
    let (reader, configuration) = try await readable(places)
    let engine = try await openEngine(places)
    let object = try await engine.object(named: name, kind: kind)
    return EntryPoints(
      of: object, on: engine, host: EngineAddress(try reach(places).endpoint),
      declared: try EntryDeclarations(labels: object.labels)
        .over(try EntryDeclarations(configuration)),
      archives: try await reader?.archives(of: object) ?? [:])
  }

  /// The history, where there is one, and the settings in force.
  private static func readable(
    _ places: ClientPlaces
  ) async throws -> (HistoryReader?, Configuration) {
    do {
      let store = try await HistoryStore.open(places)
      return (try await HistoryReader.open(places), store.configuration)
    } catch let error as SmartContainersError where error.code == .noHistory {
      return (nil, try HistoryStore.configurationWithoutHistory(places))
    }
  }
}

extension EntryDeclarations {
  /// What settings declare.
  init(_ configuration: Configuration) throws(SmartContainersError) {
    try self.init(
      services: configuration[.entryServices], folders: configuration[.entryFolders])
  }
}

extension HistoryReader {
  /// The archives of its folders that left a container last, by the folders' paths.
  func archives(of object: EngineObject) async throws -> [String: Content] {
    guard object.kind == .container else { return [:] }
    var filter = LogFilter()
    filter.containers = [object.id]
    filter.operations = ["container.copyOut"]
    filter.outcomes = [Outcome.succeeded.word]
    let wanted = filter
    return try await read { history in
      var archives: [String: Content] = [:]
      try history.log(wanted) { record in
        if let (path, archive) = try history.copiedArchive(record), archives[path] == nil {
          archives[path] = archive
        }
        return true
      }
      return archives
    }
  }
}

extension HistoryRepository {
  /// The path in a container and the archive of it that a record tells of; nil where it tells of
  /// none.
  fileprivate func copiedArchive(_ record: LogRecord) throws -> (path: String, Content)? {
    guard let id = record.activity.flatMap({ ActivityID($0) }),
      let bytes = try activityDocument(id, in: CommitID(record.commit)),
      let activity = try? ActivityDocument(parsing: bytes),
      let path = activity.used.first(where: { $0.role == .container })?.path,
      let archive = activity.generated.first(where: { $0.role == .archive }),
      let digest = IRI.digest(of: archive.iri)
    else { return nil }
    return (path, Content(.archive, digest: digest, byteCount: archive.byteCount ?? 0))
  }
}
