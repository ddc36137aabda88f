import SmartContainers

/// The values of configuration fields in words.
enum FieldText {
  private static let inBytes: Set<String> = [
    "limits.memory", "limits.memorySwap", "limits.memoryReservation", "limits.shmSize",
  ]

  /// A value on one line: text bare, lists as shell words, limits in their units.
  static func text(of value: JSONValue, in field: String) -> String {
    switch value {
    case .string(let text): PlainText.sanitize(hidingCommitments(in: text))
    case .integer(let number) where inBytes.contains(field) && number > 0:
      HumanText.binarySize(number)
    case .integer(let number) where field == "limits.nanoCpus": "\(Double(number) / 1e9) cpus"
    case .array(let bindings) where field.hasPrefix("ports."):
      bindings.map(binding).joined(separator: " ")
    case .array where value.strings?.count == value.array?.count:
      PlainText.sanitize(hidingCommitments(in: ActivityText.shellText(value.strings ?? [])))
    case .object(let members) where field.hasPrefix("mounts."): mount(members)
    case .object(let members): pairs(members)
    default: PlainText.sanitize(hidingCommitments(in: value.text()))
    }
  }

  /// `127.0.0.1:8080`, or the port alone on all addresses.
  private static func binding(_ value: JSONValue) -> String {
    let port = value["HostPort"]?.string ?? ""
    let address = value["HostIp"]?.string ?? ""
    let shown = port.isEmpty ? "any" : port
    return PlainText.sanitize(address.isEmpty ? shown : "\(address):\(shown)")
  }

  /// `bind /data, read-only`: the destination is the field's name.
  private static func mount(_ members: [String: JSONValue]) -> String {
    var rest = members
    rest["Destination"] = nil
    if rest["Propagation"] == "rprivate" { rest["Propagation"] = nil }
    let words = ["Type", "Name", "Source"].compactMap { rest.removeValue(forKey: $0)?.string }
    let isWritable = rest.removeValue(forKey: "RW") != .bool(false)
    let text = PlainText.sanitize(words.joined(separator: " "))
    return text + (isWritable ? "" : ", read-only") + (rest.isEmpty ? "" : ", " + pairs(rest))
  }

  private static func pairs(_ members: [String: JSONValue]) -> String {
    members.sorted { $0.key < $1.key }.map { name, value in
      "\(PlainText.sanitize(name))=\(text(of: value, in: name))"
    }.joined(separator: " ")
  }

  private static let mark = "redacted:"

  /// Where the commitment behind a mark ends; nil when it is none.
  private static func end(of text: Substring) -> Substring? {
    if text.hasPrefix("unkeyed") { return text.dropFirst(7) }
    guard text.hasPrefix("hmac-sha256:") else { return nil }
    return text.dropFirst(12).drop { $0 == ":" || $0.isHexDigit }
  }

  /// Writes `(redacted)` for each commitment that stands in place of a secret.
  static func hidingCommitments(in text: String) -> String {
    var shown = ""
    var rest = text[...]
    while let match = rest.firstRange(of: mark) {
      let end = end(of: rest[match.upperBound...])
      shown += rest[..<match.lowerBound] + (end == nil ? mark : "(redacted)")
      rest = end ?? rest[match.upperBound...]
    }
    return shown + rest
  }
}
