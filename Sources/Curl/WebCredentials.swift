import HTTP

/// A user and a password for a server of the web (RFC 7617).
public struct WebCredentials: Sendable, Equatable {
  public let user: String
  public let password: String

  public init(user: String, password: String) {
    self.user = user
    self.password = password
  }

  /// Those of an address; nil where it has none. A user alone has an empty password.
  public init?(_ address: WebAddress) {
    guard let information = address.userInformation else { return nil }
    let halves = information.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    user = Self.decoded(halves[0])
    password = halves.count > 1 ? Self.decoded(halves[1]) : ""
    // What has a line break in it would be another line to whoever is asked for a password.
    guard (user + password).utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
  }

  /// The value of the header field `Authorization`.
  public var authorization: String { "Basic " + Self.base64(Array("\(user):\(password)".utf8)) }

  /// The text without percent-encoding (RFC 3986, 2.1).
  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// RFC 4648, 4.
  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var output: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        let isFilled = place <= group.count
        output.append(
          isFilled ? alphabet[bits >> (18 - 6 * place) & 0x3F] : UInt8(ascii: "="))
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
