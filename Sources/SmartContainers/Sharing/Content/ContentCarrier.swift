import History

/// Carries large content to or from one remote.
protocol ContentCarrier: Sendable {
  associatedtype Plan: Sendable

  /// What is to be done with objects, at most `BatchRequest.objectLimit` of them.
  ///
  /// - Throws: `ContentError` where none of them can be transferred.
  func plans(for objects: [LargeContent]) async throws -> [LargeContent: Plan]

  /// Does it with one object.
  ///
  /// - Throws: `ContentError` of this object; anything else ends the transfer of all.
  func carry(_ content: LargeContent, _ plan: Plan) async throws -> CarryResult
}

/// What came of carrying an object.
enum CarryResult: Sendable {
  case carried

  /// It was there already.
  case present

  /// It is neither here nor there.
  case missing
  case failed(ContentError)
}
