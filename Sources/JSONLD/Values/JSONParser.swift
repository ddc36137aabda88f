/// Reads JSON text strictly: UTF-8 without errors, no two members of one name, nothing after the
/// value.
///
/// Source: RFC 8259; I-JSON, RFC 7493, section 2.3, for the names.
public struct JSONParser: Sendable {
  /// What to do with a member whose name its object has already.
  public enum DuplicateNames: Sendable {
    /// The text is an error.
    case refused
    /// The last value counts, in the place of the first.
    case lastWins
  }

  /// What to do with a member whose name its object has already; refused unless said otherwise.
  public var duplicateNames = DuplicateNames.refused

  /// The depth and the length that a text may have.
  public var limits = ProcessingOptions.Limits()

  /// A parser that refuses what the standards of JSON advise against.
  public init() {}

  /// Returns the value that a text consists of.
  ///
  /// Errors name the line, the byte from 0 and the place as a JSON Pointer.
  public func parse(_ bytes: [UInt8]) throws(JSONLDError) -> JSON {
    guard bytes.count <= limits.byteCount else {
      throw JSONLDError(
        .limitExceeded, "The text has \(bytes.count) bytes; at most \(limits.byteCount) are read.")
    }
    var reader = JSONReader(
      bytes, depth: limits.boundedDepth, lastWins: duplicateNames == .lastWins)
    return try reader.readDocument()
  }

  /// Returns the value that a text consists of.
  public func parse(_ text: String) throws(JSONLDError) -> JSON { try parse(Array(text.utf8)) }
}
