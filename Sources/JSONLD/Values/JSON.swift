/// A JSON value (RFC 8259) as it was written: numbers keep their text, members their order.
public enum JSON: Sendable {
  /// The literal `null`.
  case null
  /// One of the literals `true` and `false`.
  case bool(Bool)
  /// A number.
  case number(JSONNumber)
  /// A string.
  case string(String)
  /// An array of values, in order.
  case array([JSON])
  /// An object.
  case object(JSONObject)
}

extension JSON {
  /// The text, when this is a string.
  public var string: String? { if case .string(let value) = self { value } else { nil } }

  /// The truth value, when this is one.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The elements, in order, when this is an array.
  public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }

  /// The members, in order, when this is an object.
  public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

  /// The value of the member of that name; nil when this is no object or has no such member.
  public subscript(_ name: String) -> JSON? { object?[name] }

  /// Whether this is `null`.
  public var isNull: Bool { if case .null = self { true } else { false } }

  /// Whether this is neither an array nor an object nor null.
  public var isScalar: Bool {
    switch self {
    case .bool, .number, .string: true
    case .null, .array, .object: false
    }
  }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// Null.
  public init(nilLiteral: ()) { self = .null }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .number(JSONNumber(value)) }
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An array of elements.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// An object of members, in their order.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(JSONObject(elements))
  }
}
