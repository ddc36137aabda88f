extension StringProtocol {
  /// The parts of a path, empty ones too.
  ///
  /// By bytes, as systems do: to Swift a slash with a combining character behind it is another
  /// character, and `../` with one would be no `..`.
  var pathParts: [Substring] {
    utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { Substring(decoding: $0, as: UTF8.self) }
  }

  /// Whether a text begins with these bytes; `hasPrefix` compares characters.
  func begins(with prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }
}
