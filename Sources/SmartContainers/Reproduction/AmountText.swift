/// Amounts as docker's command line and compose files have them.
enum AmountText {
  /// A duration as Go writes it, exactly: `1m30s`, `500ms`.
  static func duration(_ nanoseconds: Int64) -> String {
    guard nanoseconds > 0 else { return "\(nanoseconds)ns" }
    let units: [(String, Int64)] = [
      ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000),
      ("us", 1000), ("ns", 1),
    ]
    var rest = nanoseconds
    var text = ""
    for (name, length) in units where rest >= length {
      text += "\(rest / length)\(name)"
      rest %= length
    }
    return text
  }

  /// A number of bytes, exactly: `512m`; -1 for no limit.
  static func size(_ bytes: Int64) -> String {
    for (name, unit) in [("g", Int64(1) << 30), ("m", 1 << 20), ("k", 1 << 10)]
    where bytes > 0 && bytes % unit == 0 {
      return "\(bytes / unit)\(name)"
    }
    return "\(bytes)"
  }

  /// Billionths of a processor as a decimal number, exactly: `1.5`.
  static func processors(_ billionths: Int64) -> String {
    let (whole, rest) = billionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    let sign = billionths < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    var digits = String(String(rest + 1_000_000_000).dropFirst())
    while digits.last == "0" { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }
}
