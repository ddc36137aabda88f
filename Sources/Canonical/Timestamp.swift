/// A point in time in UTC, in whole milliseconds since 1970.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public let millisecondsSince1970: Int64

  public init(millisecondsSince1970: Int64) {
    self.millisecondsSince1970 = millisecondsSince1970
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.millisecondsSince1970 < right.millisecondsSince1970
  }

  /// The whole seconds since 1970, rounded down.
  public var secondsSince1970: Int64 {
    (millisecondsSince1970 - (millisecondsSince1970 % 1000 + 1000) % 1000) / 1000
  }

  /// The time in RFC 3339 with three decimals and `Z`: `2026-11-23T19:05:01.123Z`.
  public var description: String {
    let part = components
    return "\(pad(part.year, 4))-\(pad(part.month, 2))-\(pad(part.day, 2))T"
      + "\(pad(part.hour, 2)):\(pad(part.minute, 2)):\(pad(part.second, 2))"
      + ".\(pad(part.millisecond, 3))Z"
  }

  private func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Timestamp {
  /// A time of the proleptic Gregorian calendar, in UTC.
  public struct Components: Sendable, Equatable {
    public var year: Int
    /// 1 to 12.
    public var month: Int
    /// 1 to 31.
    public var day: Int
    public var hour = 0
    public var minute = 0
    public var second = 0
    public var millisecond = 0

    public init(
      year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
      millisecond: Int = 0
    ) {
      self.year = year
      self.month = month
      self.day = day
      self.hour = hour
      self.minute = minute
      self.second = second
      self.millisecond = millisecond
    }
  }

  /// The calendar parts. The algorithm counts days in eras of 400 years that begin in March.
  public var components: Components {
    let seconds = secondsSince1970
    let secondOfDay = Int((seconds % 86400 + 86400) % 86400)
    let days = Int((seconds - Int64(secondOfDay)) / 86400) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return Components(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * marchMonth + 2) / 5 + 1, hour: secondOfDay / 3600,
      minute: secondOfDay / 60 % 60, second: secondOfDay % 60,
      millisecond: Int(millisecondsSince1970 - seconds * 1000))
  }

  /// The time of those calendar parts.
  public init(_ part: Components) {
    let year = part.month <= 2 ? part.year - 1 : part.year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear =
      (153 * (part.month > 2 ? part.month - 3 : part.month + 9) + 2) / 5 + part.day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = Int64(era * 146_097 + dayOfEra - 719_468)
    let seconds = days * 86400 + Int64(part.hour * 3600 + part.minute * 60 + part.second)
    self.init(millisecondsSince1970: seconds * 1000 + Int64(part.millisecond))
  }

  /// Reads an RFC 3339 time; digits past the millisecond are dropped. Nil when it is none.
  ///
  /// Engines write nanoseconds and any offset: `2026-11-23T19:05:01.123456789+01:00`.
  public init?(_ text: String) {
    var rest = Substring(text)
    func number(_ width: Int) -> Int? {
      let digits = rest.prefix(width)
      guard digits.utf8.count == width, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
        return nil
      }
      rest = rest.dropFirst(width)
      return Int(digits)
    }
    func skip(_ allowed: Character...) -> Character? {
      guard let first = rest.first, allowed.contains(first) else { return nil }
      rest = rest.dropFirst()
      return first
    }
    guard let year = number(4), skip("-") != nil, let month = number(2), skip("-") != nil,
      let day = number(2), skip("T", "t", " ") != nil, let hour = number(2), skip(":") != nil,
      let minute = number(2), skip(":") != nil, let second = number(2),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
    else { return nil }
    var millisecond = 0
    if skip(".") != nil {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      guard !digits.isEmpty else { return nil }
      millisecond = Int((digits + "00").prefix(3)) ?? 0
      rest = rest.dropFirst(digits.count)
    }
    var offset = 0
    if skip("Z", "z") == nil {
      guard let sign = skip("+", "-"), let hours = number(2), skip(":") != nil,
        let minutes = number(2)
      else { return nil }
      offset = (hours * 60 + minutes) * (sign == "-" ? -60_000 : 60_000)
    }
    guard rest.isEmpty else { return nil }
    let local = Timestamp(
      Components(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second,
        millisecond: millisecond))
    self.init(millisecondsSince1970: local.millisecondsSince1970 - Int64(offset))
  }
}
