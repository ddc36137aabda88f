/// Where operations go: each into a commit of its own, or together into one.
protocol OperationLog: Sendable {
  /// Writes down what is about to be done, so that it survives a power cut.
  ///
  /// - Throws: when it cannot be written; then the operation must not be done.
  func begin(_ intent: Intent) async throws -> any OperationTicket
}

/// An operation that is under way.
protocol OperationTicket: Sendable {
  /// Records how it went.
  func finish(_ result: OperationResult) async throws

  /// Forgets it: it certainly did not happen.
  func discard() async throws

  /// Leaves it in the journal: it may have happened, and a later start settles it.
  func leave() async
}
