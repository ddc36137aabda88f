/// A number as it was written, `1e3` as well as `1000`.
///
/// Source: RFC 8259, section 6.
public struct JSONNumber: Sendable, Hashable {
  /// The text, of the grammar of RFC 8259.
  public let text: String

  /// Takes a text that is known to be a number.
  init(unchecked text: String) { self.text = text }

  public init(_ value: Int64) { text = String(value) }

  /// The nearest value of 64 bits; infinite for what is larger than all of them.
  public var double: Double { Double(text) ?? .infinity }
}
