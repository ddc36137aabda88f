/// What an extended header of a tar archive says of the next member.
///
/// Source: POSIX.1-2017, pax, pax Header Block.
struct PaxRecords {
  /// The member's path, in place of that in its own header.
  private(set) var path: [UInt8]?

  /// The member's size, where its own header has no room for it.
  private(set) var size: Int64?

  /// Reads the records; times, owners and attributes are nothing to a package.
  ///
  /// - Throws: what is wrong with the member, as in `has …`.
  init(_ bytes: [UInt8]) throws(Fault) {
    var rest = bytes[...]
    var keys: Set<[UInt8]> = []
    while !rest.isEmpty {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      guard digits.count < 9, let length = Int(String(decoding: digits, as: UTF8.self)),
        length > digits.count + 1, length <= rest.count,
        rest[rest.startIndex + digits.count] == 0x20, rest[rest.startIndex + length - 1] == 0x0A
      else { throw Fault(words: "has an extended header that cannot be read") }
      let record = rest.prefix(length).dropFirst(digits.count + 1).dropLast()
      let key = record.prefix { $0 != UInt8(ascii: "=") }
      guard key.count < record.count, keys.insert(Array(key)).inserted else {
        throw Fault(words: "has an extended header that says something twice, or nothing")
      }
      try take(String(decoding: key, as: UTF8.self), Array(record.dropFirst(key.count + 1)))
      rest = rest.dropFirst(length)
    }
  }

  private mutating func take(_ key: String, _ value: [UInt8]) throws(Fault) {
    switch key {
    case "path": path = value
    case "size":
      let text = String(decoding: value, as: UTF8.self)
      guard value.allSatisfy({ (0x30...0x39).contains($0) }), let size = Int64(text) else {
        throw Fault(words: "has a size that is no number")
      }
      self.size = size
    case "linkpath": throw Fault(words: "is a link")
    case "hdrcharset" where value != Array("ISO-IR 10646 2000 UTF-8".utf8):
      throw Fault(words: "has a name that is not in UTF-8")
    case "SCHILY.realsize", "SUN.holesdata": throw Fault(words: "has holes")
    case _ where key.hasPrefix("GNU.sparse"): throw Fault(words: "has holes")
    default: break
    }
  }

  /// What is wrong with a member.
  struct Fault: Error { let words: String }
}
