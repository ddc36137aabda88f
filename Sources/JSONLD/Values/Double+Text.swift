/// The texts of floating point numbers in ECMAScript and XML Schema.
extension Double {
  /// The shortest digits that are read as that finite value again, without its sign, and the
  /// power of ten of a decimal point before the first of them.
  private var shortestDigits: (digits: [UInt8], point: Int) {
    var digits: [UInt8] = []
    var point = 0
    var isFraction = false
    var rest = magnitude.description.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"):
        point += Int(String(rest) ?? "") ?? 0
        rest = rest[rest.endIndex...]
      case UInt8(ascii: "0") where digits.isEmpty: if isFraction { point -= 1 }
      default:
        digits.append(byte)
        if !isFraction { point += 1 }
      }
    }
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (digits, point)
  }

  /// The text that ECMAScript gives a finite number.
  ///
  /// Source: ECMA-262, Number::toString.
  var ecmaScriptText: String {
    guard self != 0 else { return "0" }
    let (digits, point) = shortestDigits
    let sign = self < 0 ? "-" : ""
    func text(_ digits: some Sequence<UInt8>) -> String {
      String(decoding: Array(digits), as: UTF8.self)
    }
    switch point {
    case digits.count...21 where digits.count <= 21:
      return sign + text(digits) + String(repeating: "0", count: point - digits.count)
    case 1...21: return sign + text(digits[..<point]) + "." + text(digits[point...])
    case -5...0: return sign + "0." + String(repeating: "0", count: -point) + text(digits)
    default:
      let fraction = digits.count > 1 ? "." + text(digits[1...]) : ""
      let exponent = (point > 0 ? "e+" : "e") + String(point - 1)
      return sign + text(digits[..<1]) + fraction + exponent
    }
  }

  /// The canonical text of an `xsd:double`, of at most 16 digits as `printf("%1.15E")` rounds them.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.6, Data Round Tripping.
  var xsdText: String {
    guard isFinite else { return isNaN ? "NaN" : self < 0 ? "-INF" : "INF" }
    guard self != 0 else { return sign == .minus ? "-0.0E0" : "0.0E0" }
    var (digits, exponent) = exactDigits
    if digits.count > 16, Self.round(&digits, to: 16) { exponent += 1 }
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if digits.count == 1 { digits.append(UInt8(ascii: "0")) }
    digits.insert(UInt8(ascii: "."), at: 1)
    return (self < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self) + "E\(exponent)"
  }

  /// All decimal digits of that finite value, and the power of ten of the first.
  private var exactDigits: (digits: [UInt8], exponent: Int) {
    // The value is a whole number times a power of two; a negative power of two is one of five
    // divided by one of ten.
    let isSubnormal = exponentBitPattern == 0
    let whole = significandBitPattern | (isSubnormal ? 0 : 1 << UInt64(Self.significandBitCount))
    let power = (isSubnormal ? 1 : Int(exponentBitPattern)) - 1023 - Self.significandBitCount
    var limbs = DecimalLimbs(whole)
    limbs.multiply(by: power < 0 ? 5 : 2, times: power.magnitude)
    let digits = limbs.digits
    return (digits, digits.count - 1 + min(power, 0))
  }

  /// Rounds decimal digits half to even; true when that made them ten times as large.
  private static func round(_ digits: inout [UInt8], to count: Int) -> Bool {
    let rest = digits[count...]
    let isHalf =
      rest.first == UInt8(ascii: "5") && rest.dropFirst().allSatisfy { $0 == UInt8(ascii: "0") }
    let isUp = isHalf ? digits[count - 1] & 1 == 1 : digits[count] >= UInt8(ascii: "5")
    digits.removeSubrange(count...)
    guard isUp else { return false }
    for place in digits.indices.reversed() {
      guard digits[place] == UInt8(ascii: "9") else {
        digits[place] += 1
        return false
      }
      digits[place] = UInt8(ascii: "0")
    }
    digits[0] = UInt8(ascii: "1")
    return true
  }
}
