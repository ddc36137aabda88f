/// The few forms of ASN.1's distinguished encoding that keys and signatures have (ITU-T X.690).
enum DER {
  /// 1.2.840.113549.1.1.1, of PKCS #1.
  static let rsaEncryption: [UInt8] = [6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1]

  /// 1.2.840.10045.2.1, of RFC 5480.
  static let ellipticCurveKey: [UInt8] = [6, 7, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1]

  /// 1.2.840.10045.3.1.7, of RFC 5480: P-256.
  static let p256: [UInt8] = [6, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7]
  static let null: [UInt8] = [5, 0]

  static func sequence(_ parts: [UInt8]...) -> [UInt8] { tagged(0x30, parts.flatMap { $0 }) }

  static func bitString(_ bytes: [UInt8]) -> [UInt8] { tagged(3, [0] + bytes) }

  /// - Parameter bytes: not negative, the most significant byte first.
  static func integer(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array(bytes.drop { $0 == 0 })
    return tagged(2, (digits.first ?? 0x80) < 0x80 ? digits : [0] + digits)
  }

  private static func tagged(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    guard content.count >= 0x80 else { return [tag, UInt8(content.count)] + content }
    var count = content.count
    var length: [UInt8] = []
    while count > 0 {
      length.insert(UInt8(count & 0xFF), at: 0)
      count >>= 8
    }
    return [tag, 0x80 | UInt8(length.count)] + length + content
  }
}
