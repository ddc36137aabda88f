import Canonical
import History

/// How a history stands.
public struct HistoryStatus: Sendable {
  /// The newest commit; nil when there is none.
  public let head: LogRecord?

  /// Operations that wait in the journal.
  public let uncommitted: Int

  /// Operations that are committed and not yet packed and synced.
  public let awaitingCheckpoint: Int

  /// Journal entries that were set aside because they could not be read.
  public let damaged: Int
}

extension HistoryStore {
  /// Returns how the history stands.
  public func status() async throws -> HistoryStatus {
    do {
      return try await queue.with { history in
        let pending = try history.pending()
        return HistoryStatus(
          head: try history.head().map { LogRecord(try history.entry($0)) },
          uncommitted: pending.uncommitted, awaitingCheckpoint: pending.awaitingCheckpoint,
          damaged: pending.corrupt)
      }
    } catch {
      throw SmartContainersError(describing: error)
    }
  }
}
