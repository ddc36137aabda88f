import Glibc

/// Looks for what a remote says of itself and libgit2 does not understand (gitprotocol-pack(5),
/// "Reference Discovery").
struct GitAdvertisement {
  private static let signs: [(text: String, meaning: String)] = [
    ("0035shallow ", "the remote is shallow: it lacks the older part of its history"),
    ("object-format=sha256", "the remote's objects have SHA-256 names, and a history's SHA-1"),
  ]

  private var found: String?

  /// The end of what was seen, in which a sign may have begun.
  private var tail: [UInt8] = []

  /// Why it cannot be shared with; nil for nothing.
  var objection: GitRemoteError? { found.map { GitRemoteError(.refused, $0) } }

  mutating func look(at bytes: UnsafeRawBufferPointer) {
    guard found == nil else { return }
    let text = tail + bytes
    for sign in Self.signs where Self.contains(text, sign.text) { found = sign.meaning }
    tail = Array(text.suffix(32))
  }

  private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
    let mark = Array(text.utf8)
    return bytes.withUnsafeBytes { buffer in
      guard var place = buffer.baseAddress else { return false }
      let end = place + buffer.count
      while let next = memchr(place, Int32(mark[0]), end - place) {
        guard end - UnsafeRawPointer(next) >= mark.count else { return false }
        if memcmp(next, mark, mark.count) == 0 { return true }
        place = UnsafeRawPointer(next) + 1
      }
      return false
    }
  }
}
