/// Text that is no JSON.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the grammar missed.
  public let message: String

  /// Where, in bytes from the start of the text.
  public let offset: Int

  public var description: String { "not JSON: \(message) at byte \(offset)" }
}
