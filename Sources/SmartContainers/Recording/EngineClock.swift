import Canonical

/// How an engine's clock stands to ours.
///
/// An engine on this machine has the same clock. Another's is known as exactly as the time that
/// asking for it took.
struct EngineClock: Sendable, Equatable {
  /// How far the engine's clock is ahead of ours.
  let aheadInMilliseconds: Int64

  /// How far that may be from the truth.
  let uncertaintyInMilliseconds: Int64

  /// What an answer tells that was asked for and came at those times of our clock.
  init(engine: Timestamp, askedAt: Timestamp, answeredAt: Timestamp) {
    // Times are cut to milliseconds.
    let lowest = engine.millisecondsSince1970 - answeredAt.millisecondsSince1970 - 1
    let highest = engine.millisecondsSince1970 - askedAt.millisecondsSince1970 + 1
    let isSame = lowest <= 0 && 0 <= highest
    aheadInMilliseconds = isSame ? 0 : (lowest + highest) / 2
    uncertaintyInMilliseconds = isSame ? 0 : (highest - lowest + 1) / 2
  }

  /// The same moment by our clock.
  func ours(_ time: Timestamp) -> Timestamp { time.adding(milliseconds: -aheadInMilliseconds) }

  /// The same moment by the engine's clock.
  func engines(_ time: Timestamp) -> Timestamp { time.adding(milliseconds: aheadInMilliseconds) }
}

extension Timestamp {
  func adding(milliseconds: Int64) -> Timestamp {
    Timestamp(millisecondsSince1970: millisecondsSince1970 + milliseconds)
  }
}
