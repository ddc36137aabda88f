/// Writes JSON text.
public struct JSONWriter: Sendable {
  /// How the text looks.
  public enum Style: Sendable {
    /// No space at all.
    case compact

    /// A member or element a line, indented by two spaces a level.
    case pretty

    /// The one text that is the same for the same data, to be hashed or compared.
    ///
    /// Numbers that 64 bits of floating point cannot hold stay as they were written.
    ///
    /// Source: RFC 8785, JSON Canonicalization Scheme.
    case canonical
  }

  /// How the text looks.
  public let style: Style

  /// A writer of texts that look so.
  public init(_ style: Style = .compact) { self.style = style }

  /// Returns the text of a value, in UTF-8.
  public func bytes(of value: JSON) -> [UInt8] {
    var bytes: [UInt8] = []
    write(value, to: &bytes)
    return bytes
  }

  /// Returns the text of a value.
  public func text(of value: JSON) -> String { String(decoding: bytes(of: value), as: UTF8.self) }

  /// Appends the text of a value, in UTF-8.
  public func write(_ value: JSON, to bytes: inout [UInt8]) { write(value, level: 0, to: &bytes) }

  private func write(_ value: JSON, level: Int, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let value): bytes.append(contentsOf: text(of: value).utf8)
    case .string(let value): Self.write(value, to: &bytes)
    case .array(let value): write(value, level: level, to: &bytes)
    case .object(let value): write(value, level: level, to: &bytes)
    }
  }

  private func text(of number: JSONNumber) -> String {
    style == .canonical ? number.ecmaScriptText ?? number.text : number.text
  }

  private func write(_ array: [JSON], level: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (place, element) in array.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      startLine(level + 1, in: &bytes)
      write(element, level: level + 1, to: &bytes)
    }
    if !array.isEmpty { startLine(level, in: &bytes) }
    bytes.append(UInt8(ascii: "]"))
  }

  private func write(_ object: JSONObject, level: Int, to bytes: inout [UInt8]) {
    var members = object.members
    if style == .canonical { members.sort { Self.isOrdered($0.name, before: $1.name) } }
    bytes.append(UInt8(ascii: "{"))
    for (place, member) in members.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      startLine(level + 1, in: &bytes)
      Self.write(member.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      if style == .pretty { bytes.append(UInt8(ascii: " ")) }
      write(member.value, level: level + 1, to: &bytes)
    }
    if !members.isEmpty { startLine(level, in: &bytes) }
    bytes.append(UInt8(ascii: "}"))
  }

  private func startLine(_ level: Int, in bytes: inout [UInt8]) {
    guard style == .pretty else { return }
    bytes.append(0x0a)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * level))
  }
}
