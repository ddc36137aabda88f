import SmartContainers

/// A point in time as users write it: RFC 3339, a date, a date and a time, seconds since 1970,
/// `10m`, `2 hours ago`, `last week`, `yesterday`.
enum TimeArgument {
  private static let units: [(names: Set<String>, milliseconds: Int64)] = [
    (["s", "second", "seconds"], 1000), (["m", "minute", "minutes"], 60_000),
    (["h", "hour", "hours"], 3_600_000), (["d", "day", "days"], 86_400_000),
    (["w", "week", "weeks"], 604_800_000), (["month", "months"], 2_592_000_000),
    (["y", "year", "years"], 31_536_000_000),
  ]

  /// What may be left out at the end of a date and time.
  private static let endings = ["", "Z", ":00Z", "T00:00:00Z"]

  /// Reads a time, of UTC where it does not say; dates are at midnight.
  static func parse(_ text: String, now: Timestamp) throws(UsageError) -> Timestamp {
    let joined = text.replacing(" ", with: "T", maxReplacements: 1)
    for ending in endings {
      if let time = Timestamp(joined + ending) { return time }
    }
    let number = text.hasPrefix("@") ? text.dropFirst() : text[...]
    if let seconds = Double(number), seconds.isFinite, abs(seconds) < 1e11 {
      return Timestamp(millisecondsSince1970: Int64(seconds * 1000))
    }
    switch text.lowercased() {
    case "now": return now
    case "today":
      return Timestamp(
        millisecondsSince1970: now.millisecondsSince1970 / 86_400_000 * 86_400_000)
    case "yesterday":
      return Timestamp(millisecondsSince1970: now.millisecondsSince1970 - 86_400_000)
    default: break
    }
    let words = text.lowercased().replacingDots()
    let digits = words.prefix(while: \.isNumber)
    let unit = words.dropFirst(digits.count)
    if let count = Int64(digits), count < 1_000_000,
      let match = units.first(where: { $0.names.contains(String(unit)) })
    {
      return Timestamp(
        millisecondsSince1970: now.millisecondsSince1970 - count * match.milliseconds)
    }
    throw UsageError(
      "\(text) is no time; write 2026-11-23, 2026-11-23T19:05:01Z, 10m or \"2 hours ago\"")
  }

  /// A time as the engine's queries take it.
  static func engineTime(_ text: String) throws(UsageError) -> String {
    let time = try parse(text, now: SystemClock.now())
    return "\(time.secondsSince1970)"
  }
}

extension String {
  /// Git's spellings without spaces and dots, and without `ago`: `2.hours.ago` is `2hours`, and
  /// `last week` is `1week`.
  fileprivate func replacingDots() -> String {
    var joined = filter { $0 != "." && $0 != " " }
    if joined.hasPrefix("last") { joined = "1" + joined.dropFirst(4) }
    return joined.hasSuffix("ago") ? String(joined.dropLast(3)) : joined
  }
}
