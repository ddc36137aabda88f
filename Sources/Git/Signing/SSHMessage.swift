/// Reads what a message of SSH consists of; what is cut short gives nil.
///
/// Source: RFC 4251, 5.
struct SSHMessage {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func byte() -> UInt8? { rest.popFirst() }

  mutating func number() -> UInt32? {
    guard rest.count >= 4 else { return nil }
    defer { rest = rest.dropFirst(4) }
    return rest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func string() -> [UInt8]? {
    guard let count = number(), count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(Int(count)) }
    return Array(rest.prefix(Int(count)))
  }

  mutating func text() -> String? { string().map { String(decoding: $0, as: UTF8.self) } }

  /// A number of any length that is not negative, without zeros in front.
  mutating func integer() -> [UInt8]? {
    guard let bytes = string(), bytes.first.map({ $0 < 0x80 }) ?? true else { return nil }
    return Array(bytes.drop { $0 == 0 })
  }
}

extension [UInt8] {
  /// Adds a number as SSH has it.
  mutating func append(sshNumber number: UInt32) {
    append(contentsOf: stride(from: 24, through: 0, by: -8).map { UInt8(number >> $0 & 0xFF) })
  }

  /// Adds bytes, and before them how many they are.
  mutating func append(sshString bytes: [UInt8]) {
    append(sshNumber: UInt32(bytes.count))
    append(contentsOf: bytes)
  }
}
