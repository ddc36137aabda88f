/// `bagit.txt`, which says of which version a bag is.
///
/// Source: RFC 8493, 2.1.1.
struct BagDeclaration {
  /// What is written: BagIt 1.0, as of RFC 8493.
  static let text = Array("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".utf8)

  /// Such as `1.0`.
  let version: String
  let encoding: BagEncoding

  /// Whether the version is one of those before the RFC, which forgave more.
  let isOld: Bool

  /// nil when the bytes are no declaration by the letter, or one of what is not known.
  init?(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    let lines = BagEncoding.lines(text)
    guard lines.count == 2,
      let version = lines[0].wholeMatch(of: /BagIt-Version: ([0-9]+\.[0-9]+)/)?.1,
      let name = lines[1].wholeMatch(of: /Tag-File-Character-Encoding: ([!-~]+)/)?.1,
      let encoding = BagEncoding(String(name)), version == "1.0" || version.hasPrefix("0.9")
    else { return nil }
    self.version = String(version)
    self.encoding = encoding
    isOld = version != "1.0"
  }
}
