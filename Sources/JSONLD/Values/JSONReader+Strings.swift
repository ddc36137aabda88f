extension JSONReader {
  /// Reads a string from its opening to its closing quotation mark.
  mutating func readString() throws(JSONLDError) -> String {
    let start = place + 1
    var end = start
    var isASCII = true
    while end < bytes.count {
      let byte = bytes[end]
      switch byte {
      case UInt8(ascii: "\""):
        place = end + 1
        if isASCII { return String(decoding: bytes[start..<end], as: UTF8.self) }
        return try text(bytes[start..<end])
      case UInt8(ascii: "\\"): return try readEscapedString(from: start, to: end)
      case 0..<0x20:
        place = end
        throw error("a control character in a string")
      default: if byte >= 0x80 { isASCII = false }
      }
      end += 1
    }
    place = bytes.count
    throw error("the text ends in a string")
  }

  private func text(_ slice: ArraySlice<UInt8>) throws(JSONLDError) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw error("the string that ends here is not in UTF-8")
    }
    return text
  }

  /// Reads the rest of a string that has escapes, the first of them at the second place.
  private mutating func readEscapedString(
    from start: Int, to firstEscape: Int
  ) throws(JSONLDError) -> String {
    var buffer = Array(bytes[start..<firstEscape])
    place = firstEscape
    while place < bytes.count {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "\""):
        place += 1
        return try text(buffer[...])
      case UInt8(ascii: "\\"): try readEscape(into: &buffer)
      case 0..<0x20: throw error("a control character in a string")
      default:
        buffer.append(byte)
        place += 1
      }
    }
    throw error("the text ends in a string")
  }

  private mutating func readEscape(into buffer: inout [UInt8]) throws(JSONLDError) {
    guard place + 1 < bytes.count else {
      place = bytes.count
      throw error("the text ends in a string")
    }
    switch bytes[place + 1] {
    case let byte where byte == UInt8(ascii: "\"") || byte == 0x5c || byte == UInt8(ascii: "/"):
      buffer.append(byte)
    case UInt8(ascii: "b"): buffer.append(0x08)
    case UInt8(ascii: "f"): buffer.append(0x0c)
    case UInt8(ascii: "n"): buffer.append(0x0a)
    case UInt8(ascii: "r"): buffer.append(0x0d)
    case UInt8(ascii: "t"): buffer.append(0x09)
    case UInt8(ascii: "u"): return try readUnicodeEscape(into: &buffer)
    default: throw error("an escape that JSON does not have")
    }
    place += 2
  }

  private mutating func readUnicodeEscape(into buffer: inout [UInt8]) throws(JSONLDError) {
    guard let unit = codeUnit(at: place) else {
      throw error("four hexadecimal digits are expected")
    }
    var value = unit
    var length = 6
    if UTF16.isLeadSurrogate(UInt16(unit)), let trail = codeUnit(at: place + 6),
      UTF16.isTrailSurrogate(UInt16(trail))
    {
      value = 0x10000 + (unit - 0xd800) << 10 + (trail - 0xdc00)
      length = 12
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw error("a surrogate without its other half")
    }
    buffer.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    place += length
  }

  /// The value of `\uXXXX` at a place; nil where there is none.
  private func codeUnit(at start: Int) -> UInt32? {
    guard start + 6 <= bytes.count, bytes[start] == 0x5c, bytes[start + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for byte in bytes[(start + 2)..<(start + 6)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
