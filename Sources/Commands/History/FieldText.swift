import SmartContainers

/// The values of configuration fields in words.
enum FieldText {
  private static let inBytes: Set<String> = [
    "limits.memory", "limits.memorySwap", "limits.memoryReservation", "limits.shmSize",
  ]

  /// A value on one line: text bare, lists as shell words, limits in their units.
  static func text(of value: JSONValue, in field: String) -> String {
    if isRedacted(value) { return "(redacted)" }
    switch value {
    case .string(let text): return PlainText.sanitize(text)
    case .integer(let number) where inBytes.contains(field) && number > 0:
      return HumanText.binarySize(number)
    case .integer(let number) where field == "limits.nanoCpus":
      return "\(Double(number) / 1e9) cpus"
    case .array where value.strings?.count == value.array?.count:
      return PlainText.sanitize(ActivityText.shellText(value.strings ?? []))
    case .object(let members):
      let pairs = members.sorted { $0.key < $1.key }.map { name, value in
        "\(name)=\(text(of: value, in: name))"
      }
      return pairs.joined(separator: " ")
    default: return PlainText.sanitize(value.text())
    }
  }

  /// Whether a value is a commitment in place of a secret.
  static func isRedacted(_ value: JSONValue) -> Bool {
    value.string?.hasPrefix("redacted:") == true
  }
}
