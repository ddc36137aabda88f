extension GitCommit {
  /// Reads the bytes of a commit object; nil when they are none.
  ///
  /// The header is a line each of tree, parents, author and committer, in this order; others,
  /// such as a signature's, may follow, and an empty line ends them.
  init?(_ id: GitObjectID, _ bytes: [UInt8]) {
    var rest = bytes[...]
    guard let tree = Self.line("tree ", &rest).flatMap(Self.id) else { return nil }
    var parents: [GitObjectID] = []
    while let line = Self.line("parent ", &rest) {
      guard let parent = Self.id(line) else { return nil }
      parents.append(parent)
    }
    guard let author = Self.line("author ", &rest).flatMap(GitSignature.init(parsing:)),
      let committer = Self.line("committer ", &rest).flatMap(GitSignature.init(parsing:))
    else { return nil }
    while let line = Self.line("", &rest), !line.isEmpty {}
    self.init(
      id: id, tree: tree, parents: parents, author: author, committer: committer,
      message: String(decoding: rest, as: UTF8.self))
  }

  /// Takes the next line, without what it begins with; nil when it begins otherwise.
  private static func line(
    _ beginning: StaticString, _ rest: inout ArraySlice<UInt8>
  ) -> ArraySlice<UInt8>? {
    let length = beginning.utf8CodeUnitCount
    let isOne = beginning.withUTF8Buffer { rest.starts(with: $0) }
    guard isOne, let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { rest = rest[(end + 1)...] }
    return rest[rest.startIndex..<end].dropFirst(length)
  }

  private static func id(_ digits: ArraySlice<UInt8>) -> GitObjectID? {
    GitObjectID(String(decoding: digits, as: UTF8.self))
  }
}

extension GitSignature {
  /// Reads `name <address> seconds +0000`; nil when there is no address. Anybody can write
  /// anything for a time: what is no number is 0.
  fileprivate init?(parsing line: ArraySlice<UInt8>) {
    guard let start = line.lastIndex(of: UInt8(ascii: "<")),
      let end = line.lastIndex(of: UInt8(ascii: ">")), start < end
    else { return nil }
    let nameEnd = line[..<start].lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 }
    let name = line[..<(nameEnd ?? line.startIndex)]
    let time = line[(end + 1)...].split(separator: UInt8(ascii: " "))
    let zone = Self.number(time.dropFirst().first) ?? 0
    self.init(
      name: String(decoding: name, as: UTF8.self),
      email: String(decoding: line[(start + 1)..<end], as: UTF8.self),
      seconds: Self.number(time.first) ?? 0, offsetInMinutes: Self.minutes(zone))
  }

  private static func number(_ digits: ArraySlice<UInt8>?) -> Int64? {
    digits.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
  }

  /// The minutes of `+0130`; what no clock on earth has is 0.
  private static func minutes(_ zone: Int64) -> Int32 {
    guard abs(zone) <= 1400, abs(zone % 100) < 60 else { return 0 }
    return Int32(zone / 100 * 60 + zone % 100)
  }
}
