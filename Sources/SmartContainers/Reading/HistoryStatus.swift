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

  /// What the history is pulled from and pushed to, as `origin/main`; nil for nothing.
  public let upstream: String?

  /// How many commits the history has that its upstream had not when it was last spoken to, and
  /// the reverse; nil where it was never seen.
  public let ahead: Int?
  public let behind: Int?

  /// Journal entries that were set aside because they could not be read.
  public let damaged: Int
}

extension HistoryStore {
  /// Returns how the history stands.
  public func status() async throws -> HistoryStatus {
    do {
      return try await queue.with { history in
        let pending = try history.pending()
        let upstream = try history.upstream()
        let distance = try upstream.flatMap { try history.commit(of: $0) }
          .map { try history.aheadAndBehind($0) }
        return HistoryStatus(
          head: try history.head().map { LogRecord(try history.entry($0)) },
          uncommitted: pending.uncommitted, awaitingCheckpoint: pending.awaitingCheckpoint,
          upstream: upstream.map { "\($0.remote)/\($0.branch)" }, ahead: distance?.ahead,
          behind: distance?.behind,
          damaged: pending.corrupt)
      }
    } catch {
      throw SmartContainersError(describing: error)
    }
  }
}
