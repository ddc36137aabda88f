import Foundation

/// Makes wrong documents of right ones, the same ones for the same seed.
struct Mutations {
  private var state: UInt64
  private let inputs: [[UInt8]]

  private static let strings = [
    "@context", "@id", "@type", "@value", "@list", "@set", "@graph", "@reverse", "@nest",
    "@included",
    "@index", "@container", "@none", "@json", "@vocab", "@base", "@language", "@direction",
    "@version",
    "@import", "@protected", "@propagate", "@prefix", "@unknown", "", ":", "_:b", "a:b",
    "http://a/",
    "../x", "?", "ltr", "en", "\\ud800", "\\u0000", "é",
  ].map { Array("\"\($0)\"".utf8) }

  private static let tokens =
    strings
    + [
      "null", "true", "1e999", "-0", "{", "}", "[", "]", ",", ":", "\"", "\u{0}", "{}", "[]",
      "\"@protected\":true,", "\"@propagate\":false,", "[[[[[[[[[[[[", "]]]]]]]]]]]]",
    ].map { Array($0.utf8) }

  init(of inputs: [[UInt8]], seed: UInt64) {
    self.inputs = inputs
    state = seed
  }

  /// A number below a bound. Source: SplitMix64, Steele, Lea and Flood 2014.
  private mutating func number(below bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((value ^ (value >> 31)) % UInt64(max(bound, 1)))
  }

  /// The next document: an input with one to four changes, most of which it stays JSON with.
  mutating func next() -> [UInt8] {
    var bytes = inputs[number(below: inputs.count)]
    for _ in 0...number(below: 4) {
      let place = number(below: bytes.count)
      let end = min(bytes.count, place + number(below: 16))
      switch number(below: 24) {
      case 0: bytes.insert(contentsOf: Self.tokens[number(below: Self.tokens.count)], at: place)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: number(below: bytes.count))
      case 3 where place < bytes.count: bytes[place] ^= 1 << UInt8(number(below: 8))
      case 4:
        let other = inputs[number(below: inputs.count)]
        let start = number(below: other.count)
        bytes.insert(contentsOf: other[start...].prefix(number(below: 64)), at: place)
      default: exchangeString(in: &bytes)
      }
    }
    return bytes
  }

  /// Puts a keyword or another string in the place of one.
  private mutating func exchangeString(in bytes: inout [UInt8]) {
    // Hardly any input has an escaped quotation mark.
    let marks = bytes.indices.filter { bytes[$0] == 0x22 }
    guard marks.count > 1 else { return }
    let first = number(below: marks.count / 2) * 2
    bytes.replaceSubrange(
      marks[first]...marks[first + 1], with: Self.strings[number(below: Self.strings.count)])
  }
}
