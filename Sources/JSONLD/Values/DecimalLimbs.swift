/// A whole number of any size by its decimal digits, nine in a limb, the least first.
struct DecimalLimbs {
  private var limbs: [UInt64] = []
  private static let base: UInt64 = 1_000_000_000

  init(_ value: UInt64) { append(value) }

  /// Multiplies with a power of a small factor.
  mutating func multiply(by factor: UInt64, times count: UInt) {
    var rest = count
    while rest > 0 {
      // Products of ten factors and a limb stay far below 64 bits.
      let step = min(rest, 10)
      var product: UInt64 = 1
      for _ in 0..<step { product *= factor }
      var carry: UInt64 = 0
      for place in limbs.indices {
        let value = limbs[place] * product + carry
        limbs[place] = value % Self.base
        carry = value / Self.base
      }
      append(carry)
      rest -= step
    }
  }

  private mutating func append(_ value: UInt64) {
    var rest = value
    while rest > 0 {
      limbs.append(rest % Self.base)
      rest /= Self.base
    }
  }

  /// The digits in ASCII, the first first, without leading zeros.
  var digits: [UInt8] {
    var digits: [UInt8] = []
    for limb in limbs {
      var rest = limb
      for _ in 0..<9 {
        digits.append(UInt8(ascii: "0") + UInt8(rest % 10))
        rest /= 10
      }
    }
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return digits.reversed()
  }
}
