/// A number as it was written, `1e3` as well as `1000`.
///
/// Two are equal when they are the same decimal, however they are written: `1.0` and `1`, but not
/// two large integers that are the same in 64 bits of floating point.
///
/// Source: RFC 8259, section 6.
public struct JSONNumber: Sendable, Hashable {
  /// The text, of the grammar of RFC 8259.
  public let text: String

  /// Takes a text that is known to be a number.
  init(unchecked text: String) { self.text = text }

  /// A number by its text; nil when that is not of the grammar of RFC 8259.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, JSONNumber.end(in: bytes, from: 0) == bytes.count else { return nil }
    self.text = text
  }

  /// A whole number.
  public init(_ value: Int64) { text = String(value) }

  /// The shortest decimal that is read as that value again; nil for what is no finite number.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    text = value.ecmaScriptText
  }

  /// The nearest value of 64 bits; infinite for what is larger than all of them.
  public var double: Double { Double(text) ?? .infinity }

  /// Whether both are the same decimal.
  public static func == (left: Self, right: Self) -> Bool {
    left.text == right.text || left.decimal == right.decimal
  }

  /// Feeds what equality compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(decimal) }
}

extension JSONNumber {
  /// Returns where the number ends that begins there; nil where none does.
  static func end(in bytes: [UInt8], from start: Int) -> Int? {
    func digits(_ from: Int) -> Int? {
      var place = from
      while place < bytes.count, bytes[place] &- UInt8(ascii: "0") < 10 { place += 1 }
      return place > from ? place : nil
    }
    var place = start
    if place < bytes.count, bytes[place] == UInt8(ascii: "-") { place += 1 }
    guard let whole = digits(place), whole == place + 1 || bytes[place] != UInt8(ascii: "0")
    else { return nil }
    place = whole
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      guard let fraction = digits(place + 1) else { return nil }
      place = fraction
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-")
      {
        place += 1
      }
      guard let exponent = digits(place) else { return nil }
      place = exponent
    }
    return place
  }

  /// A number in one spelling: digits that begin and end with none that is zero.
  private struct Decimal: Hashable {
    var isNegative = false
    var digits: [UInt8] = []
    /// The power of ten of the last digit; its text where it is too large to count with.
    var exponent = 0
    var hugeExponent = ""
  }

  private var decimal: Decimal {
    var decimal = Decimal()
    var exponent = 0
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "-"): decimal.isNegative = true
      case UInt8(ascii: "."): exponent = -rest.prefix { $0 | 0x20 != UInt8(ascii: "e") }.count
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        let text = String(rest) ?? ""
        // What is beyond counting would overflow when digits are taken off.
        if let power = Int(text), power.magnitude < 1 << 60 {
          exponent += power
        } else {
          decimal.hugeExponent = text
        }
        rest = rest[rest.endIndex...]
      default:
        if byte != UInt8(ascii: "0") || !decimal.digits.isEmpty { decimal.digits.append(byte) }
      }
    }
    guard let last = decimal.digits.lastIndex(where: { $0 != UInt8(ascii: "0") }) else {
      return Decimal()
    }
    decimal.exponent = exponent + decimal.digits.count - 1 - last
    decimal.digits.removeSubrange((last + 1)...)
    return decimal
  }
}
