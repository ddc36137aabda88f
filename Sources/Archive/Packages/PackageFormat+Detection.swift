extension PackageFormat {
  /// What a file begins with that is some other archive.
  private static let others: [([UInt8], String)] = [
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz"), (Array("BZh".utf8), "bzip2"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7-Zip"), (Array("Rar!".utf8), "RAR"),
    (Array("LZIP".utf8), "lzip"), ([0x04, 0x22, 0x4D, 0x18], "LZ4"), ([0x1F, 0x9D], "compress"),
    (Array("!<arch>".utf8), "ar"), (Array("07070".utf8), "cpio"),
  ]

  /// The bytes that tell the format.
  static let headLength = 512

  /// The format of a file that begins so, whatever its name says.
  ///
  /// - Throws: `ArchiveError` of code `format`.
  init(head: [UInt8], named name: String) throws(ArchiveError) {
    if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .tarZstandard
    } else if head.starts(with: [0x1F, 0x8B]) {
      self = .tarGzip
    } else if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .zip
    } else if head.dropFirst(257).starts(with: "ustar".utf8) {
      self = .tar
    } else {
      let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
      let other = Self.others.first { head.starts(with: $0.0) }
      let found = other.map { "is \($0.1), which is no format of packages" } ?? "is no package"
      throw ArchiveError(.format, call: "open", "'\(name)' \(found); packages are \(known)")
    }
  }
}
