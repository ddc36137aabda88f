import Arguments

/// A span of time as docker's flags take it: `30s`, `1m30s`, `500ms`.
///
/// Source: Go, time.ParseDuration, as docker's CLI applies it.
struct EngineDuration: ArgumentValue, Equatable {
  let nanoseconds: Int64

  init?(argument: String) {
    let units: [String: Double] = [
      "ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9,
    ]
    var rest = argument[...]
    var total = 0.0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let number = Double(digits), let scale = units[String(unit)] else { return nil }
      total += number * scale
    }
    guard total < 0x1p62 else { return nil }
    nanoseconds = Int64(total.rounded())
  }
}
