import Glibc
import SystemPackage

/// Those whose signatures count, as a file of ssh-keygen(1) has them: "ALLOWED SIGNERS".
///
/// Authorities of certificates are left out, and keys that cannot sign bytes as they are. A key that
/// is limited to some namespaces counts when `git` is one of them, as for commits.
package struct AllowedSigners: Sendable {
  private let signers: [AllowedSigner]
  private static let byteLimit = 16 << 20

  /// Reads a file.
  ///
  /// - Throws: `GitError` when it cannot be read.
  package init(readingFile path: String) throws(GitError) {
    var bytes: [UInt8] = []
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
      try file.closeAfter {
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = try piece.withUnsafeMutableBytes({ try file.read(into: $0) }),
          count > 0
        {
          bytes += piece.prefix(count)
          guard bytes.count <= Self.byteLimit else { throw Errno.fileTooLarge }
        }
      }
    } catch {
      throw GitError(
        code: .failed, call: "open",
        message: "the allowed signers cannot be read: \(path): \(error)", category: .system)
    }
    self.init(String(decoding: bytes, as: UTF8.self))
  }

  init(_ text: String) {
    signers = text.split(whereSeparator: \.isNewline).compactMap { AllowedSigner(line: $0) }
  }

  /// Who signed bytes as they are.
  ///
  /// - Parameters:
  ///   - keyID: what the signature says of its key; empty where it says nothing.
  ///   - time: when what is signed was done, in seconds since 1970: who is allowed may be so for a
  ///     time only.
  package func verdict(
    on signature: [UInt8], of bytes: [UInt8], keyID: String, at time: Int64?
  ) -> GitVerdict {
    let named = signers.filter { $0.key.keyID == keyID }
    let able = signers.filter { $0.key.verifies(signature, of: bytes) }
    guard let first = able.first else {
      return named.isEmpty ? .unknownSigner(key: keyID) : .bad("its signature does not fit")
    }
    guard keyID.isEmpty || first.key.keyID == keyID else {
      return .bad("it names another key than the one that signed it")
    }
    guard let signer = able.first(where: { $0.isAllowed(at: time) }) else {
      return .bad("\(first.name) was not allowed to sign at that time")
    }
    return .good(signer: signer.name, key: signer.key.fingerprint)
  }
}

/// A line of that file.
private struct AllowedSigner {
  /// The principals, as the file has them.
  let name: String
  let key: SSHPublicKey
  private var validAfter: Int64?
  private var validBefore: Int64?

  /// Nil for a line that allows nobody to sign bytes as they are.
  init?(line: Substring) {
    let words = Self.parts(of: line, at: \.isWhitespace)
    guard let first = words.first, !first.hasPrefix("#") else { return nil }
    name = Self.unquoted(first)
    var rest = words.dropFirst()
    var options: [Substring] = []
    if let word = rest.first, (try? SSHPublicKey(line: rest.joined(separator: " "))) == nil {
      options = Self.parts(of: word) { $0 == "," }
      rest = rest.dropFirst()
    }
    guard let key = try? SSHPublicKey(line: rest.joined(separator: " ")) else { return nil }
    self.key = key
    for option in options {
      let halves = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = halves.count == 2 ? Self.unquoted(halves[1]) : ""
      switch halves[0].lowercased() {
      case "namespaces": guard Self.namespaces(value, have: "git") else { return nil }
      case "valid-after":
        guard let time = Self.time(value) else { return nil }
        validAfter = time
      case "valid-before":
        guard let time = Self.time(value) else { return nil }
        validBefore = time
      // An authority, or a limit that is not known here.
      default: return nil
      }
    }
  }

  func isAllowed(at time: Int64?) -> Bool {
    guard validAfter != nil || validBefore != nil else { return true }
    guard let time else { return false }
    return time >= validAfter ?? .min && time < validBefore ?? .max
  }

  /// What stands between separators that are not quoted.
  private static func parts(
    of text: Substring, at isSeparator: (Character) -> Bool
  ) -> [Substring] {
    var isQuoted = false
    return text.split { character in
      if character == "\"" { isQuoted.toggle() }
      return !isQuoted && isSeparator(character)
    }
  }

  private static func unquoted(_ text: Substring) -> String {
    text.count >= 2 && text.first == "\"" && text.last == "\""
      ? String(text.dropFirst().dropLast()) : String(text)
  }

  /// Whether a list of patterns has a name; one that begins with `!` excludes what it has.
  private static func namespaces(_ list: String, have name: String) -> Bool {
    var isListed = false
    for pattern in list.split(separator: ",") {
      let isExclusion = pattern.first == "!"
      guard fnmatch(String(isExclusion ? pattern.dropFirst() : pattern), name, 0) == 0 else {
        continue
      }
      if isExclusion { return false }
      isListed = true
    }
    return isListed
  }

  /// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, in local time, or with a `Z` in UTC.
  private static func time(_ text: String) -> Int64? {
    let isUTC = text.hasSuffix("Z")
    let digits = (isUTC ? text.dropLast() : text[...]).utf8.map { Int32($0) - 48 }
    guard [8, 12, 14].contains(digits.count), digits.allSatisfy({ (0...9).contains($0) }) else {
      return nil
    }
    let number = { (places: Range<Int>) in
      digits.dropFirst(places.lowerBound).prefix(places.count).reduce(0) { $0 * 10 + $1 }
    }
    var parts = tm()
    parts.tm_year = number(0..<4) - 1900
    parts.tm_mon = number(4..<6) - 1
    parts.tm_mday = number(6..<8)
    parts.tm_hour = number(8..<10)
    parts.tm_min = number(10..<12)
    parts.tm_sec = number(12..<14)
    guard (0..<12).contains(parts.tm_mon), (1...31).contains(parts.tm_mday),
      parts.tm_hour < 24, parts.tm_min < 60, parts.tm_sec <= 60
    else { return nil }
    parts.tm_isdst = -1
    return Int64(isUTC ? timegm(&parts) : mktime(&parts))
  }
}
