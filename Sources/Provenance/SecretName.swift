/// Tells from a name whether what it names is a secret.
///
/// Names are cut into words at punctuation and at changes of case, so that `AUTH` is one and
/// `AUTHOR`, `KEYBOARD` and `TOKENIZER_PATH` are none.
enum SecretName {
  /// How much a name says.
  enum Verdict {
    case harmless
    /// The value is a secret if it looks like a random one.
    case hint
    case secret
  }

  private static let secretWords: Set<String> = [
    "password", "passwords", "passwd", "passphrase", "passcode", "secret", "secrets", "token",
    "tokens", "apikey", "apikeys", "accesskey", "privatekey", "secretkey", "authkey",
    "credential", "credentials", "creds", "cred", "auth", "oauth", "authorization", "dsn",
    "htpasswd", "authtoken",
  ]
  private static let secretParts = ["password", "passwd", "passphrase", "apikey", "credential"]
  private static let secretEnds = ["token", "secret", "pwd", "privatekey", "accesskey"]
  /// Words that make a secret of the `key` after them.
  private static let keyKinds: Set<String> = [
    "api", "access", "private", "secret", "encryption", "signing", "master", "ssh", "storage",
    "account", "shared", "license", "service", "auth", "app", "hmac", "jwt", "session", "deploy",
  ]
  /// Last words that are a secret only after another word: `PWD` and `PASS` alone are not.
  private static let secretLastWords: Set<String> = ["pat", "pwd", "pass", "pw", "pin", "passwort"]
  private static let hintWords: Set<String> = [
    "key", "keys", "salt", "seed", "cookie", "session", "signature", "sig", "pass", "bearer",
    "cert",
    "certificate", "sid", "nonce", "webhook", "pem", "license",
  ]
  private static let pathWords: Set<String> = [
    "file", "path", "dir", "directory", "sock", "socket",
  ]
  private static let settingWords: Set<String> = [
    "enabled", "disabled", "ttl", "timeout", "expiry", "expires", "length", "count", "size",
    "limit",
    "required", "max", "min", "rotation",
  ]

  /// What a name says of that value.
  static func verdict(on name: String, value: String) -> Verdict {
    let words = words(of: name)
    // `--password-stdin` takes no value.
    guard let last = words.last, last != "stdin" else { return .harmless }
    guard isSecret(words) else {
      return words.contains("public") || hintWords.isDisjoint(with: words) ? .harmless : .hint
    }
    if pathWords.contains(last), looksLikePath(value) { return .harmless }
    if settingWords.contains(last), looksLikeSetting(value) { return .harmless }
    return .secret
  }

  private static func isSecret(_ words: [String]) -> Bool {
    if words.contains(where: secretWords.contains) { return true }
    if words.contains(where: { word in
      secretParts.contains { has($0, in: word) }
        || secretEnds.contains { word.hasSuffix($0) && word != $0 && word != "oldpwd" }
    }) {
      return true
    }
    for (word, next) in zip(words, words.dropFirst()) where next == "key" || next == "keys" {
      if keyKinds.contains(word) { return true }
    }
    return words.count > 1 && words.last.map(secretLastWords.contains) == true
      && words != ["old", "pwd"]
  }

  /// Whether a word has that part; by bytes, since this is asked of every member of every
  /// inspection, and the library's search by characters takes a hundred times as long.
  private static func has(_ part: String, in word: String) -> Bool {
    let (part, word) = (part.utf8, word.utf8)
    guard part.count <= word.count else { return false }
    return word.indices.dropLast(part.count - 1).contains { word[$0...].starts(with: part) }
  }

  private static func looksLikePath(_ value: String) -> Bool {
    !value.contains { $0.isWhitespace }
      && (value.hasPrefix("/") || value.hasPrefix("./") || value.hasPrefix("~/"))
  }

  private static func looksLikeSetting(_ value: String) -> Bool {
    let lower = value.lowercased()
    return ["true", "false", "yes", "no", "on", "off"].contains(lower)
      || (lower.utf8.count <= 6 && lower.utf8.first?.isASCIIDigit == true)
  }

  /// The words of a name in lower case: `dbPassword`, `DB_PASSWORD` and `db-password` are two.
  static func words(of name: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    func close() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self).lowercased()) }
      word = []
    }
    let bytes = Array(name.utf8)
    for (index, byte) in bytes.enumerated() {
      guard byte.isASCIIAlphanumeric || byte >= 0x80 else {
        close()
        continue
      }
      if let previous = word.last, byte.isASCIIUppercase {
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        let startsWord =
          !previous.isASCIIUppercase && !previous.isASCIIDigit
          || previous.isASCIIUppercase && next.isASCIILowercase
        if startsWord { close() }
      }
      word.append(byte)
    }
    close()
    return words
  }
}
