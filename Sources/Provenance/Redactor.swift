import Canonical

/// Replaces secrets by commitments, and remembers them so that they are found again in texts
/// that quote them.
///
/// A value type: each operation has its own copy, and what one operation's secrets are is
/// forgotten with it.
package struct Redactor: Sendable {
  /// Which values of the environment are replaced. Registry credentials and the credentials in
  /// URLs are, under every policy.
  package enum Policy: String, Sendable, CaseIterable {
    /// Those whose name or form says secret.
    case matching
    /// All values of the environment and of build arguments, and what matches elsewhere.
    case all
    /// None.
    case none
  }

  package let policy: Policy
  private let key: [UInt8]?

  /// The secrets met so far.
  package private(set) var secrets: Set<String> = []

  /// A redactor with the history's own secret key, which never leaves the machine.
  package init(key: [UInt8], policy: Policy = .matching) {
    self.key = key
    self.policy = policy
  }

  private init(policy: Policy) {
    key = nil
    self.policy = policy
  }

  /// A redactor whose replacement says only that there was a secret: the same on every host.
  static let unkeyed = Redactor(policy: .matching)

  /// The short name of the key that commitments carry.
  package var keyID: String? { key.map(Commitment.keyID) }

  /// Replaces a secret as a whole. The empty text, and what is replaced already, stay.
  package mutating func commit(_ secret: String) -> String {
    guard !secret.isEmpty, Commitment(secret) == nil else { return secret }
    secrets.insert(secret)
    return Commitment(to: secret, key: key).description
  }

  /// Replaces the value of a name, by the name, else what in it has the form of a secret.
  package mutating func redact(_ value: String, named name: String) -> String {
    if policy != .none {
      switch SecretName.verdict(on: name, value: value) {
      case .secret: return commit(value)
      case .hint where SecretShape.looksRandom(value): return commit(value)
      case .hint, .harmless: break
      }
    }
    return redact(text: value)
  }

  /// Redacts `NAME=value` entries; a name alone is left as it is.
  package mutating func redact(environment: [String]) -> [String] {
    environment.map { entry in
      guard let equals = entry.firstIndex(of: "=") else { return redact(text: entry) }
      let name = String(entry[..<equals])
      let value = String(entry[entry.index(after: equals)...])
      return name + "=" + (policy == .all ? commit(value) : redact(value, named: name))
    }
  }

  /// Redacts build arguments.
  package mutating func redact(buildArguments: [String: String]) -> [String: String] {
    redact(buildArguments, all: policy == .all)
  }

  /// Redacts labels.
  package mutating func redact(labels: [String: String]) -> [String: String] {
    redact(labels, all: false)
  }

  mutating func redact(_ values: [String: String], all: Bool) -> [String: String] {
    // In the order of the names, so that nothing depends on how a dictionary lies in memory.
    var redacted: [String: String] = [:]
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      redacted[name] = all ? commit(value) : redact(value, named: name)
    }
    return redacted
  }

  /// Replaces what has the form of a secret, or follows a name that says so, in any text.
  package mutating func redact(text: String) -> String {
    guard Self.canHoldSecret(text) else { return text }
    let bytes = Array(text.utf8)
    var ranges = SecretShape.ranges(in: bytes)
    if policy == .none {
      ranges = ranges.filter { SecretShape.has(bytes, "://".utf8, at: $0.lowerBound - 3) }
    }
    ranges += NamedValue.ranges(in: bytes, onlyRegistry: policy == .none)
    return replace(ranges, in: bytes)
  }

  /// Whether a closer look is worth it. Most texts of an inspection are a word, a path or a
  /// digest, shorter than any token or made of hexadecimal digits.
  private static func canHoldSecret(_ text: String) -> Bool {
    var isHexadecimal = true
    var hasMark = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): break
      case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: " "):
        hasMark = true
        isHexadecimal = false
      default: isHexadecimal = false
      }
    }
    return hasMark || !isHexadecimal && text.utf8.count >= SecretShape.shortestToken
  }

  /// Replaces ranges by commitments; of two that overlap, the one that starts first, extended.
  private mutating func replace(_ ranges: [Range<Int>], in bytes: [UInt8]) -> String {
    guard !ranges.isEmpty else { return String(decoding: bytes, as: UTF8.self) }
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound < last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    var output: [UInt8] = []
    var index = 0
    for range in merged {
      output += bytes[index..<range.lowerBound]
      let secret = String(decoding: bytes[range], as: UTF8.self)
      output += commit(secret).utf8
      // The password alone is quoted by messages too.
      if SecretShape.has(bytes, "://".utf8, at: range.lowerBound - 3),
        let colon = secret.firstIndex(of: ":"), Commitment(secret) == nil
      {
        let password = String(secret[secret.index(after: colon)...])
        if password.utf8.count > 3, password != "x-oauth-basic" { secrets.insert(password) }
      }
      index = range.upperBound
    }
    output += bytes[index...]
    return String(decoding: output, as: UTF8.self)
  }

  /// Remembers a secret that is itself never recorded, a registry's password.
  package mutating func remember(_ secret: String) {
    if !secret.isEmpty { secrets.insert(secret) }
  }

  /// Replaces every secret met so far, and what has the form of one, in a text of the engine.
  ///
  /// A secret of fewer than six characters is replaced only where it stands alone, one of fewer
  /// than three is not: it is in every text.
  package mutating func scrub(_ text: String) -> String {
    scrub(text, secrets: secrets)
  }

  /// Replaces those secrets, and what has the form of one, in a text.
  package mutating func scrub(_ text: String, secrets: Set<String>) -> String {
    let written = secrets.filter { $0.utf8.count > 2 }.flatMap { secret in
      Self.forms(of: secret).map { (form: Array($0.utf8), secret: secret) }
    }
    // The longest first: a secret may be a part of another.
    let sorted = written.sorted {
      $0.form.count == $1.form.count
        ? $0.form.lexicographicallyPrecedes($1.form) : $0.form.count > $1.form.count
    }
    guard !sorted.isEmpty else { return redact(text: text) }
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let (_, length) = Commitment.commitment(in: bytes, at: index) {
        output += bytes[index..<index + length]
        index += length
      } else if let found = sorted.first(where: { Self.stands($0.form, in: bytes, at: index) }) {
        output += commit(found.secret).utf8
        index += found.form.count
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return redact(text: String(decoding: output, as: UTF8.self))
  }

  /// A secret as it is, in a URL, and in a string of JSON or Go.
  private static func forms(of secret: String) -> Set<String> {
    let quoted = JSONValue.string(secret).text().dropFirst().dropLast()
    return [secret, IRI.encoded(secret), String(quoted)]
  }

  private static func stands(_ secret: [UInt8], in bytes: [UInt8], at index: Int) -> Bool {
    guard SecretShape.has(bytes, secret, at: index) else { return false }
    guard secret.count < 6 else { return true }
    let end = index + secret.count
    return (index == 0 || !bytes[index - 1].isASCIIAlphanumeric)
      && (end == bytes.count || !bytes[end].isASCIIAlphanumeric)
  }
}
