/// Why a document could not be processed, and where in it.
public struct JSONLDError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A code of the standard, or one of ours for what it leaves open.
  public struct Code: Sendable, Hashable, RawRepresentable {
    /// The code as the standard writes it.
    public let rawValue: String
    /// A code by its text.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// What kind of error it is.
  public let code: Code

  /// Where in the document it is, as a JSON Pointer (RFC 6901); empty for the document itself.
  public internal(set) var place: String

  /// The `@id` of the innermost named node that it is in, where it is found after expansion, when
  /// places in the text are no longer known.
  public internal(set) var node: String?

  /// What is wrong, a sentence without the place.
  public let message: String

  /// The IRI of the document without which processing cannot go on.
  var missingDocument: String?

  /// An error at a place, which is a JSON Pointer.
  public init(_ code: Code, _ message: String, at place: String = "") {
    self.code = code
    self.message = message
    self.place = place
  }

  /// Code, place or node, and message in one line.
  public var description: String {
    let place = place.isEmpty ? "" : " at \(place)"
    let node = node.map { " in the node \($0)" } ?? ""
    return "\(code.rawValue)\(place)\(node): \(message)"
  }
}
