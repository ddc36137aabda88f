import SmartContainers

/// Quantities in words for people; scripts get integers and RFC 3339.
enum HumanText {
  /// A number of bytes in powers of 1000, as docker prints sizes: `4.26MB`.
  static func size(_ bytes: Int64) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB"]
    var value = Double(bytes)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return unit == 0 ? "\(bytes)B" : "\(threeDigits(value))\(units[unit])"
  }

  /// A number of bytes in powers of 1024, as limits are given: `512MiB`.
  static func binarySize(_ bytes: Int64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var value = bytes
    var unit = 0
    while value >= 1024, value % 1024 == 0, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return "\(value)\(units[unit])"
  }

  static func threeDigits(_ value: Double) -> String {
    let decimals = value < 10 ? 100.0 : value < 100 ? 10.0 : 1.0
    let rounded = (value * decimals).rounded() / decimals
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }

  /// How long ago: `3 minutes ago`.
  static func age(of time: Timestamp, now: Timestamp) -> String {
    let seconds = max(0, (now.millisecondsSince1970 - time.millisecondsSince1970) / 1000)
    let steps: [(Int64, Int64, String)] = [
      (120, 1, "second"), (7200, 60, "minute"), (172_800, 3600, "hour"),
      (1_209_600, 86400, "day"), (5_184_000, 604_800, "week"), (63_072_000, 2_592_000, "month"),
    ]
    for (limit, unit, name) in steps where seconds < limit {
      let count = seconds / unit
      return "\(count) \(name)\(count == 1 ? "" : "s") ago"
    }
    return "\(seconds / 31_536_000) years ago"
  }

  /// A duration in the largest units that matter: `1.2s`, `3m 4s`.
  static func duration(milliseconds: Int64) -> String {
    switch milliseconds {
    case ..<1000: "\(milliseconds)ms"
    case ..<60_000: "\(threeDigits(Double(milliseconds) / 1000))s"
    case ..<3_600_000: "\(milliseconds / 60_000)m \(milliseconds / 1000 % 60)s"
    default: "\(milliseconds / 3_600_000)h \(milliseconds / 60_000 % 60)m"
    }
  }
}
