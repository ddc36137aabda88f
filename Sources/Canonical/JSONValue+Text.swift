extension JSONValue {
  /// Reads one JSON text.
  ///
  /// - Throws: `JSONError` when the bytes are not exactly one JSON value in UTF-8.
  public init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
    var result: Result<JSONValue, JSONError>?
    func parse(_ buffer: UnsafeBufferPointer<UInt8>) {
      do throws(JSONError) {
        result = .success(try JSONParser.parse(buffer))
      } catch {
        result = .failure(error)
      }
    }
    if bytes.withContiguousStorageIfAvailable(parse) == nil {
      Array(bytes).withUnsafeBufferPointer(parse)
    }
    guard let result else { throw JSONError(message: "no storage", offset: 0) }
    self = try result.get()
  }

  /// Reads one JSON text.
  public init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// How JSON text is laid out.
  public enum Layout: Sendable {
    /// One line, no spaces.
    case compact
    /// Two spaces a level, one member or element a line, a final line feed.
    case pretty
  }

  /// The canonical bytes: members sorted by name (by UTF-8 bytes), the shortest number that
  /// reads back the same, and only the escapes that JSON demands.
  public func bytes(_ layout: Layout = .compact) -> [UInt8] {
    var writer = JSONWriter(isPretty: layout == .pretty)
    writer.write(self, level: 0)
    if layout == .pretty { writer.output.append(UInt8(ascii: "\n")) }
    return writer.output
  }

  /// The canonical bytes, as a string.
  public func text(_ layout: Layout = .compact) -> String {
    String(decoding: bytes(layout), as: UTF8.self)
  }
}

/// Writes the canonical form.
private struct JSONWriter {
  let isPretty: Bool
  var output: [UInt8] = []

  mutating func write(_ value: JSONValue, level: Int) {
    switch value {
    case .null: append("null")
    case .bool(let flag): append(flag ? "true" : "false")
    case .integer(let number): append(String(number))
    case .double(let number): write(number)
    case .string(let text): write(text)
    case .array(let elements):
      list("[", "]", elements, level: level) { writer, element in
        writer.write(element, level: level + 1)
      }
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      list("{", "}", sorted, level: level) { writer, member in
        writer.write(member.key)
        writer.append(writer.isPretty ? ": " : ":")
        writer.write(member.value, level: level + 1)
      }
    }
  }

  private mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }

  private mutating func list<Element>(
    _ open: String, _ close: String, _ elements: [Element], level: Int,
    each: (inout JSONWriter, Element) -> Void
  ) {
    append(open)
    for (index, element) in elements.enumerated() {
      if index > 0 { append(",") }
      breakLine(level + 1)
      each(&self, element)
    }
    if !elements.isEmpty { breakLine(level) }
    append(close)
  }

  private mutating func breakLine(_ level: Int) {
    guard isPretty else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
  }

  /// JSON has no infinity and no NaN; the parser never yields one.
  private mutating func write(_ number: Double) {
    guard number.isFinite else { return append("null") }
    append(number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number)).0" : "\(number)")
  }

  /// Text that needs no escape is appended in one piece: nearly all of it.
  private mutating func write(_ text: String) {
    output.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      for (index, byte) in bytes.enumerated() {
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
          continue
        }
        output.append(contentsOf: bytes[start..<index])
        writeEscape(of: byte)
        start = index + 1
      }
      output.append(contentsOf: bytes[start...])
    }
    output.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscape(of byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    default:
      append("\\u00")
      append([byte].hexadecimal)
    }
  }
}
