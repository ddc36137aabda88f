extension Client {
  /// Whether enough operations wait in the journal for `HistoryStore.consolidate` to be worth
  /// its time: some tenths of a second for fifty of them, which nobody should wait for.
  public var isConsolidationDue: Bool {
    get async { await recorder.history.isCheckpointDue() }
  }
}

extension HistoryStore {
  /// Packs and syncs what was committed since the last time, empties the journal of it, and
  /// removes what killed processes left of content that they were to keep, and of packs.
  ///
  /// - Parameter onlyWhenDue: does nothing when few operations wait.
  /// - Returns: whether something was done; false also when another process is at it.
  @discardableResult
  public func consolidate(onlyWhenDue: Bool = false) async throws -> Bool {
    do {
      return try await queue.with { history in
        if !onlyWhenDue {
          try history.content.removeLeftovers()
          try history.removePackLeftovers()
        }
        return onlyWhenDue ? try history.checkpointIfDue() : try history.checkpoint()
      }
    } catch {
      throw SmartContainersError(describing: error)
    }
  }
}
