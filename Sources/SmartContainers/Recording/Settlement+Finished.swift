import History

// What a journal has of an operation to its end needs only to be committed: no engine has to
// answer for that.
extension Settlement {
  /// Commits the operations that a process finished and did not live, or was not able, to commit.
  ///
  /// What cannot be committed stays in the journal and is reported, and so does what only an
  /// engine can tell of.
  static func commitFinished(in history: HistoryRepository) -> Report {
    var report = Report()
    let found: AbandonedEntries
    do throws(HistoryError) {
      found = try history.journal.abandoned()
    } catch {
      // Whoever needs the journal is told; reading a history does not.
      return report
    }
    report.problems = found.corrupt.map { "\($0.path) is damaged (\($0.reason))" }
    for abandoned in found.entries {
      guard let record = abandoned.finished else { continue }
      do throws(HistoryError) {
        try history.recommit(record, of: abandoned.entry)
        report.recorded += 1
        // A long backlog grows no long row of packs.
        _ = try? history.checkpointIfDue()
      } catch {
        report.problems.append("\(abandoned.entry.path) cannot be settled: \(error)")
      }
    }
    return report
  }
}

extension HistoryRepository {
  /// Commits a record that its entry has already.
  fileprivate func recommit(
    _ record: OperationRecord, of entry: JournalEntry
  ) throws(HistoryError) {
    _ = try commit(record)
    try entry.retire()
  }
}

extension HistoryQueue {
  /// Commits a record that its entry has already.
  func recommit(_ record: OperationRecord, of entry: JournalEntry) throws(HistoryError) {
    try history.recommit(record, of: entry)
  }
}
