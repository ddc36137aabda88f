import Canonical
import History
import Provenance

extension HistoryReader {
  /// Returns what a thing or an activity came from, or what came from it.
  ///
  /// Reads every document of the history once; what it keeps of one that has nothing to do with the
  /// subject is some hundred bytes.
  ///
  /// - Parameters:
  ///   - depth: how many steps from the subject are gone; nil for all.
  ///   - progress: takes the number of documents so far.
  /// - Throws: `SmartContainersError` of code `failed` where the subject is nothing of this history, or
  ///   one of several.
  public func lineage(
    of subject: LineageSubject, _ direction: LineageGraph.Direction = .backward,
    depth: Int? = nil, _ progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> LineageGraph {
    try await read { history in
      let names = subject.isPath ? nil : LineageNames(subject.word)
      let source = LineageSource(history, try history.lineageScan(matching: names, progress))
      let found = try LineageSearch(history, source, subject).find()
      var builder = try LineageBuilder(
        source, from: found.iri, at: subject.file?.path.string, direction, depth: depth)
      try builder.gather()
      var graph = builder.graph
      graph.note = found.note
      return graph
    }
  }
}
