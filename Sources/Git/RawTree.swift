import Glibc

/// The bytes of a tree object: for each entry `<mode> <name>`, NUL, and the 20 bytes of its id,
/// in git's order. Read and changed as they are: a folder of an hour may have thousands.
struct RawTree {
  private(set) var bytes: [UInt8]

  /// The tree without entries.
  init() { bytes = [] }

  /// Takes the bytes of a tree object; nil when they are none.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard visit({ _, _ in true }) else { return nil }
  }

  var isEmpty: Bool { bytes.isEmpty }

  /// Where the parts of one entry are.
  private struct Entry {
    let start: Int
    let name: Range<Int>
    let mode: UInt32

    var isTree: Bool { mode == 0o40000 }

    /// Where the next entry starts.
    var end: Int { name.upperBound + 21 }
    var id: Range<Int> { (name.upperBound + 1)..<end }
  }

  /// Calls `body` with each entry and all bytes, until it answers false.
  ///
  /// - Returns: whether all that was visited are entries.
  @discardableResult
  private func visit(_ body: (Entry, UnsafeRawBufferPointer) -> Bool) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        guard let entry = Self.entry(atStartOf: rest) else { return false }
        guard body(entry, buffer) else { return true }
        rest = rest[entry.end...]
      }
      return true
    }
  }

  private static func entry(atStartOf rest: Slice<UnsafeRawBufferPointer>) -> Entry? {
    let start = rest.startIndex
    var (mode, space) = (UInt32(0), start)
    // No mode has more than six digits, and some old writers put a zero before.
    while space < min(start + 8, rest.endIndex), rest[space] != UInt8(ascii: " ") {
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(rest[space]) else { return nil }
      mode = mode << 3 | UInt32(rest[space] & 7)
      space += 1
    }
    guard space > start, space < rest.endIndex, rest[space] == UInt8(ascii: " "),
      let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress,
      let nul = memchr(base, 0, rest.count)
    else { return nil }
    let name = (space + 1)..<(start + (UnsafeRawPointer(nul) - base))
    let entry = Entry(start: start, name: name, mode: mode)
    return name.isEmpty || entry.end > rest.endIndex ? nil : entry
  }

  /// The entries, in git's order.
  var entries: [GitTreeEntry] {
    var entries: [GitTreeEntry] = []
    visit { entry, _ in
      if let entry = value(of: entry) { entries.append(entry) }
      return true
    }
    return entries
  }

  /// The entry of that name; nil when there is none.
  func entry(named name: some StringProtocol) -> GitTreeEntry? {
    find(Array(name.utf8)).flatMap(value)
  }

  private func value(of entry: Entry) -> GitTreeEntry? {
    guard let id = GitObjectID(bytes: bytes[entry.id]) else { return nil }
    return GitTreeEntry(
      name: String(decoding: bytes[entry.name], as: UTF8.self), id: id, isTree: entry.isTree,
      isPlain: entry.isTree || entry.mode == 0o100644)
  }

  private func find(_ name: [UInt8]) -> Entry? {
    var found: Entry?
    visit { entry, buffer in
      guard entry.name.count == name.count,
        let base = buffer.baseAddress, memcmp(base + entry.name.lowerBound, name, name.count) == 0
      else { return true }
      found = entry
      return false
    }
    return found
  }

  /// Puts a file or a folder, in place of what has its name.
  mutating func put(_ name: some StringProtocol, _ id: GitObjectID, isTree: Bool) {
    remove(name)
    let key = Array(name.utf8)
    var start = bytes.count
    visit { entry, buffer in
      if Self.isBefore(entry, in: buffer, key, isTree: isTree) { return true }
      start = entry.start
      return false
    }
    let line = Array((isTree ? "40000 " : "100644 ").utf8) + key + [0] + id.bytes
    bytes.replaceSubrange(start..<start, with: line)
  }

  /// The tree of all entries of two; what both have is decided by the caller.
  func union(
    with other: RawTree, deciding: (GitTreeEntry, GitTreeEntry) throws(GitError) -> GitObjectID
  ) throws(GitError) -> RawTree {
    var result = RawTree()
    var (mine, theirs) = (entries[...], other.entries[...])
    while let left = mine.first ?? theirs.first {
      guard let right = theirs.first, let own = mine.first else {
        let isOwn = !mine.isEmpty
        result.append(left, left.id)
        _ = isOwn ? mine.popFirst() : theirs.popFirst()
        continue
      }
      if own.name == right.name {
        result.append(own, try deciding(own, right))
        _ = (mine.popFirst(), theirs.popFirst())
      } else if own.isBefore(right) {
        result.append(own, own.id)
        mine.removeFirst()
      } else {
        result.append(right, right.id)
        theirs.removeFirst()
      }
    }
    return result
  }

  /// Adds an entry that comes after all others.
  private mutating func append(_ entry: GitTreeEntry, _ id: GitObjectID) {
    bytes += (entry.isTree ? "40000 " : "100644 ").utf8
    bytes += entry.name.utf8
    bytes.append(0)
    bytes += id.bytes
  }

  /// Removes an entry, where it is there.
  mutating func remove(_ name: some StringProtocol) {
    guard let entry = find(Array(name.utf8)) else { return }
    bytes.removeSubrange(entry.start..<entry.end)
  }

  /// Whether an entry comes before another name: git compares as if the names of folders ended
  /// with a slash.
  private static func isBefore(
    _ entry: Entry, in buffer: UnsafeRawBufferPointer, _ key: [UInt8], isTree: Bool
  ) -> Bool {
    let common = min(entry.name.count, key.count)
    guard let base = buffer.baseAddress else { return false }
    let order = memcmp(base + entry.name.lowerBound, key, common)
    if order != 0 { return order < 0 }
    func next(_ byte: UInt8?, _ isTree: Bool) -> UInt8 { byte ?? (isTree ? UInt8(ascii: "/") : 0) }
    let own = common < entry.name.count ? buffer[entry.name.lowerBound + common] : nil
    return next(own, entry.isTree) < next(common < key.count ? key[common] : nil, isTree)
  }
}
