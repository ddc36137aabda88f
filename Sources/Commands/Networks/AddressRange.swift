import Glibc

/// A range of IPv4 or IPv6 addresses in CIDR form; an address alone is a range of one.
struct AddressRange: Equatable {
  /// Four bytes or sixteen.
  let bytes: [UInt8]

  /// How many bits all its addresses share.
  let prefix: Int

  /// Reads `10.99.0.0/24` or `fd00::1`; nil when it is neither.
  init?(_ text: String) {
    let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let family = halves[0].contains(":") ? AF_INET6 : AF_INET
    var bytes = [UInt8](repeating: 0, count: family == AF_INET ? 4 : 16)
    guard inet_pton(family, String(halves[0]), &bytes) == 1 else { return nil }
    self.bytes = bytes
    let all = bytes.count * 8
    guard halves.count == 2 else {
      prefix = all
      return
    }
    guard let prefix = Int(halves[1]), (0...all).contains(prefix) else { return nil }
    self.prefix = prefix
  }

  /// Whether all addresses of another range are in this one.
  func contains(_ other: AddressRange) -> Bool {
    guard bytes.count == other.bytes.count, other.prefix >= prefix else { return false }
    return (0..<prefix).allSatisfy { bit(at: $0) == other.bit(at: $0) }
  }

  private func bit(at index: Int) -> Bool { bytes[index / 8] & (0x80 >> UInt8(index % 8)) != 0 }
}
