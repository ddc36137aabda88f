import SystemPackage

/// What opening a history for writing put right, after a power cut or damage.
package struct HistoryRepair: Sendable, Equatable {
  /// The commit at the tip that could not be read, or had unreadable parts.
  package var brokenTip: CommitID?

  /// The reference that keeps the broken tip, when its commit could be read and is not in the
  /// history again.
  package var preserved: String?

  /// The commit that the history went back to, before the journal's records were added again;
  /// nil when the branch did not go back, or there was no commit to go back to.
  package var restartedFrom: CommitID?

  /// The ids of the objects that were damaged or missing.
  package var damagedObjects: [String] = []

  /// The number of operations that were committed again from the journal.
  package var replayed = 0

  /// The journal entries that were needed and could not be read.
  package var corruptEntries: [CorruptEntry] = []

  init() {}

  var isEmpty: Bool { self == HistoryRepair() }
}
