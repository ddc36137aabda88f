import Canonical
import DockerEngine

/// What an engine still remembers having done.
struct EngineTrace: Sendable {
  /// All its events that are left, oldest first.
  let events: [EngineEvent]
  let clock: EngineClock

  /// When the engine was asked, by our clock.
  let now: Timestamp

  /// Asks the engine.
  init(_ recorder: Recorder) async throws {
    let engine = recorder.observer.engine
    clock = try await recorder.observer.clock(by: recorder.environment.now)
    now = recorder.environment.now()
    events = try await engine.events(
      since: Timestamp(millisecondsSince1970: 0), until: clock.engines(now))
  }

  /// When an event happened, by our clock.
  func time(of event: EngineEvent) -> Timestamp { clock.ours(event.time) }

  /// Whether an event happened within that time, as far as the clocks tell.
  func isWithin(_ span: ClosedRange<Timestamp>, _ event: EngineEvent) -> Bool {
    let time = time(of: event)
    return span.lowerBound.adding(milliseconds: -clock.uncertaintyInMilliseconds) <= time
      && time <= span.upperBound.adding(milliseconds: clock.uncertaintyInMilliseconds)
  }

  /// Whether an event happened after a time, as far as the clocks tell.
  func isSince(_ time: Timestamp, _ event: EngineEvent) -> Bool {
    time.adding(milliseconds: -clock.uncertaintyInMilliseconds) <= self.time(of: event)
  }

  /// Whether nothing since that time is forgotten: something before it is still remembered.
  ///
  /// An engine keeps its last 256 events, and none when it starts again.
  func isComplete(since time: Timestamp) -> Bool {
    events.first.map { self.time(of: $0) < time } ?? false
  }
}
