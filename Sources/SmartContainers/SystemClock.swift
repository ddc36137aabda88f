import Canonical
import Glibc

/// The machine's clock.
public enum SystemClock {
  /// The time now, in UTC, to the millisecond.
  ///
  /// - Source: clock_gettime(2), CLOCK_REALTIME.
  public static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(
      millisecondsSince1970: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// Seconds since the machine was started, with the time that it slept.
  ///
  /// - Source: clock_gettime(2), CLOCK_BOOTTIME.
  static func secondsSinceBoot() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Int64(time.tv_sec)
  }
}
