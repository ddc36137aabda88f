/// How many operations are on their way into the history.
package struct PendingCounts: Sendable, Equatable {
  /// Begun or finished, and not committed: by a live process, or waiting for the next start.
  package let uncommitted: Int

  /// Committed, and kept in the journal until the next checkpoint.
  package let awaitingCheckpoint: Int

  /// Entries that could not be read.
  package let corrupt: Int
}

extension HistoryRepository {
  /// Counts what the journal has.
  package func pending() throws(HistoryError) -> PendingCounts {
    PendingCounts(
      uncommitted: try journal.pending().count,
      awaitingCheckpoint: try journal.retired().count,
      corrupt: try layout.corruptEntries.names().count)
  }
}
