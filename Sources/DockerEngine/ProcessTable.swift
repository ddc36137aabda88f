import Canonical

/// The processes of a container, as `ps` prints them.
///
/// Source: Engine API 1.41, GET /containers/{id}/top.
public struct ProcessTable: Sendable, Hashable {
  /// The headings of the columns: `PID`, `CMD` …
  public let titles: [String]

  /// A row for each process.
  public let processes: [[String]]

  init(json: JSONValue) {
    titles = json["Titles"]?.strings ?? []
    processes = (json["Processes"]?.array ?? []).compactMap(\.strings)
  }
}
