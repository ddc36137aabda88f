/// Finds the values that follow secret names in any text: `NAME=value`, `"name": "value"`,
/// `--name value`, `ENV NAME value`, `X-Registry-Auth: value`.
enum NamedValue {
  /// The ranges of the values, in order; of registry credentials alone if so asked.
  static func ranges(in text: [UInt8], onlyRegistry: Bool = false) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = 0
    while index < text.count {
      guard isNameByte(text[index]) else {
        index += 1
        continue
      }
      let end = text[index...].firstIndex { !isNameByte($0) } ?? text.count
      let name = String(decoding: text[index..<end], as: UTF8.self)
      // Most names are harmless whatever follows; only then is it looked at.
      if SecretName.verdict(on: name, value: "") != .harmless, !onlyRegistry || isRegistry(name),
        let value = value(of: index..<end, in: text), !value.isEmpty,
        isSecret(name: name, value: text[value])
      {
        found.append(value)
        index = value.upperBound
      } else {
        index = end
      }
    }
    return found
  }

  private static func isRegistry(_ name: String) -> Bool {
    let lower = name.lowercased()
    return lower.hasPrefix("x-registry-") || lower.hasSuffix("authorization")
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }

  private static func isSecret(name: String, value: ArraySlice<UInt8>) -> Bool {
    let value = String(decoding: value, as: UTF8.self)
    guard Commitment(value) == nil else { return false }
    switch SecretName.verdict(on: name, value: value) {
    case .secret: return !isVariable(value)
    case .hint: return SecretShape.looksRandom(value)
    case .harmless: return false
    }
  }

  /// Whether a shell would look the value up: `$NAME` in capitals, `${name}`, `$(command)`.
  private static func isVariable(_ value: String) -> Bool {
    guard value.hasPrefix("$") else { return false }
    if value.hasPrefix("${") { return value.hasSuffix("}") }
    return value.hasPrefix("$(")
      || value.utf8.dropFirst().allSatisfy { $0.isASCIIUppercase || $0 == UInt8(ascii: "_") }
  }

  /// Where the value of a name is, by what stands between.
  private static func value(of name: Range<Int>, in text: [UInt8]) -> Range<Int>? {
    var index = name.upperBound
    guard index < text.count else { return nil }
    let before = name.lowerBound > 0 ? text[name.lowerBound - 1] : 0
    var isQuoted = false
    if before == UInt8(ascii: "\""), text[index] == UInt8(ascii: "\\") { index += 1 }
    if index < text.count, before == text[index], "\"'".utf8.contains(before) {
      isQuoted = true
      index += 1
    }
    let separator = skipSpace(index, text)
    if separator < text.count, text[separator] == UInt8(ascii: ":"),
      isQuoted || isHeader(text[name])
    {
      let start = skipSpace(separator + 1, text)
      return isQuoted ? extent(from: start, in: text) : lineExtent(from: start, in: text)
    }
    if index < text.count, text[index] == UInt8(ascii: "=") {
      return extent(from: index + 1, in: text)
    }
    if separator == index, separator < text.count, text[separator] == UInt8(ascii: ":") {
      return lineOfItsOwn(name, in: text)
    }
    let isOption = text[name].starts(with: "--".utf8)
    guard isOption || follows("ENV", name, text) || follows("ARG", name, text),
      index < text.count, text[index] == 0x20
    else { return nil }
    let start = skipSpace(index, text)
    return start < text.count && text[start] != UInt8(ascii: "-")
      ? extent(from: start, in: text) : nil
  }

  /// The value of `name: value` in YAML: one word, on a line with nothing else.
  private static func lineOfItsOwn(_ name: Range<Int>, in text: [UInt8]) -> Range<Int>? {
    var before = name.lowerBound
    while before > 0, text[before - 1] == 0x20 || text[before - 1] == UInt8(ascii: "-") {
      before -= 1
    }
    guard before == 0 || text[before - 1] == 0x0A else { return nil }
    let start = skipSpace(name.upperBound + 1, text)
    let end = text[start...].firstIndex { $0 < 0x20 } ?? text.count
    return text[start..<end].contains(0x20) ? nil : start..<end
  }

  private static func isHeader(_ name: ArraySlice<UInt8>) -> Bool {
    let lower = String(decoding: name, as: UTF8.self).lowercased()
    return [
      "authorization", "proxy-authorization", "x-registry-auth", "x-registry-config",
      "x-api-key", "x-auth-token", "private-token", "cookie", "set-cookie",
    ].contains(lower)
  }

  private static func follows(_ word: String, _ name: Range<Int>, _ text: [UInt8]) -> Bool {
    let start = name.lowerBound - word.utf8.count - 1
    guard start >= 0, start == 0 || text[start - 1] <= 0x20 else { return false }
    return String(decoding: text[start..<name.lowerBound], as: UTF8.self).uppercased()
      == word + " "
  }

  private static func skipSpace(_ index: Int, _ text: [UInt8]) -> Int {
    text[min(index, text.count)...].firstIndex { $0 != 0x20 } ?? text.count
  }

  private static func lineExtent(from start: Int, in text: [UInt8]) -> Range<Int> {
    start..<(text[start...].firstIndex { $0 < 0x20 || "\"'".utf8.contains($0) } ?? text.count)
  }

  /// From the start to the closing quote, or to where a shell, URL or option list goes on.
  private static func extent(from start: Int, in text: [UInt8]) -> Range<Int>? {
    guard start < text.count else { return nil }
    var start = start
    if text[start] == UInt8(ascii: "\\") { start += 1 }
    guard start < text.count else { return nil }
    if "\"'".utf8.contains(text[start]) { return quotedExtent(from: start, in: text) }
    var end = start
    while end < text.count, !isEnd(end, in: text) {
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return start..<min(end, text.count)
  }

  /// To the quote that closes it; in JSON within a string, both quotes have a backslash.
  private static func quotedExtent(from start: Int, in text: [UInt8]) -> Range<Int> {
    let backslash = UInt8(ascii: "\\")
    let isEscaped = start > 0 && text[start - 1] == backslash
    var end = start + 1
    while end < text.count, text[end] != text[start] {
      if text[end] != backslash {
        end += 1
      } else if isEscaped, end + 1 < text.count, text[end + 1] == text[start] {
        break
      } else {
        end += 2
      }
    }
    return start + 1..<max(start + 1, min(end, text.count))
  }

  private static func isEnd(_ index: Int, in text: [UInt8]) -> Bool {
    let byte = text[index]
    if byte <= 0x20 || "\"'`;&|<>)".utf8.contains(byte) { return true }
    guard byte == UInt8(ascii: ",") else { return false }
    // A comma ends a value only where another name follows it.
    let next = text[(index + 1)...].firstIndex { !isNameByte($0) } ?? text.count
    return next > index + 1 && next < text.count && text[next] == UInt8(ascii: "=")
  }
}
