import Git

/// The id of a commit of a history.
package struct CommitID: Sendable, Hashable, CustomStringConvertible {
  let object: GitObjectID

  init(_ object: GitObjectID) { self.object = object }

  /// Reads 40 hexadecimal digits; nil when they are none.
  package init?(_ text: String) {
    guard let object = GitObjectID(text) else { return nil }
    self.object = object
  }

  /// The id in 40 lower-case hexadecimal digits.
  package var description: String { object.description }
}
