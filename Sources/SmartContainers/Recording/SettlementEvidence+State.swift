import Canonical
import DockerEngine
import Provenance

// What the state of things tells: that an engine is still at work, and what it did when its
// events are forgotten.
extension SettlementEvidence {
  /// How long an engine gives a container between the stop signal and the kill.
  private static let defaultStopTimeout: Int64 = 10

  /// When the engine last did something that may be a part of the operation.
  var lastSign: Timestamp {
    if intent.isPrune { return lastRemoval ?? intent.startedAt }
    guard ["container.stop", "container.restart", "container.remove"].contains(intent.operation)
    else { return intent.startedAt }
    let parts = ["kill", "die", "stop", "start"]
    // A container that others restart for ever gives no sign of this operation.
    let window = intent.startedAt...intent.startedAt.adding(milliseconds: 30_000)
    let last = trace.events.last {
      $0.actor == container && parts.contains($0.action) && trace.isWithin(window, $0)
    }
    return last.map(trace.time) ?? intent.startedAt
  }

  /// Whether the engine is still at it: a stop waits after its signal, a commit holds the
  /// container paused, a removal has marked it.
  func isUnderWay() async -> Bool {
    switch intent.operation {
    case "container.stop", "container.restart":
      let events = trace.events.filter {
        $0.actor == container && trace.isSince(intent.startedAt, $0)
      }
      guard let signal = events.first(where: { $0.action == "kill" }),
        !events.contains(where: { $0.action == "die" })
      else { return false }
      let timeout = intent.query("t").flatMap { Int64($0) } ?? Self.defaultStopTimeout
      let waited = trace.now.millisecondsSince1970 - trace.time(of: signal).millisecondsSince1970
      return timeout < 0 || waited < timeout * 1000 + 10_000
    case "container.commit":
      return await status() == "paused" && intent.container?.status != "paused"
    case "container.remove": return await status() == "removing"
    default: return false
    }
  }

  /// What is to be thought of an operation of which the events tell nothing.
  func verdictWithoutTrace() async -> Finding<OperationResult> {
    // An engine that is cut off from whom it prunes for stops where it is, without an event.
    guard
      intent.isPrune || isConnection || !trace.isComplete(since: intent.startedAt)
        || !dialect.announces(intent.operation)
    else { return .nothing }
    switch await stateFinding() {
    case .done(let time, let image):
      return .happened(await observed(at: time) { $0.madeImage = image })
    case .notDone: return .nothing
    case .undecided:
      let reason = "sc was ended, and the engine no longer remembers whether it was done"
      return .happened(
        OperationResult(endedAt: intent.startedAt, outcome: .unknown(reason: reason)))
    }
  }

  /// What the state of a container or image tells of an operation.
  enum StateFinding {
    case done(at: Timestamp?, image: String? = nil)
    case notDone
    case undecided
  }

  private func stateFinding() async -> StateFinding {
    switch intent.operation {
    case "container.start", "container.stop", "container.restart", "container.kill":
      return runFinding(await inspection())
    case "container.rename":
      guard let container = await inspection() else { return .undecided }
      return container.name == intent.query("name") ? .done(at: nil) : .notDone
    case "container.remove":
      return await inspection() == nil && !container.isEmpty ? .done(at: nil) : .notDone
    case "container.commit", "image.import": return await madeFinding()
    case "image.build", "image.tag": return await nameFinding()
    case "image.pull": return await pullFinding()
    case "image.push": return await pushFinding()
    case "image.remove":
      guard let image = intent.image else { return .notDone }
      let tags = await recorder.observer.image(image.id)?.tags ?? []
      return image.tags.allSatisfy(tags.contains) && !tags.isEmpty ? .notDone : .done(at: nil)
    case "volume.remove":
      guard intent.volume != nil else { return .undecided }
      return await currentVolume() == nil ? .done(at: nil) : .notDone
    case "network.remove":
      guard let network = intent.network else { return .notDone }
      let found = try? await recorder.observer.engine.inspectNetwork(network.id)
      return found == nil ? .done(at: nil) : .notDone
    case _ where isConnection: return await isConnectionLost() ? .undecided : .notDone
    case _ where intent.isPrune: return await pruned(until: nil).isEmpty ? .notDone : .undecided
    // What is made carries its activity's id for as long as it is there.
    case "container.create", "volume.create", "network.create": return .notDone
    // What leaves an engine, comes into a container or runs there leaves nothing but an event.
    default: return .undecided
    }
  }

  /// What the times of a container's last run tell.
  private func runFinding(_ container: ContainerInspection?) -> StateFinding {
    guard let container else { return self.container.isEmpty ? .notDone : .undecided }
    let isStartedSince = isSince(container.startedAt)
    switch intent.operation {
    case "container.start":
      return isStartedSince ? .done(at: container.startedAt.map(trace.clock.ours)) : .notDone
    case "container.restart": return isStartedSince ? .undecided : .notDone
    // A signal may leave a container running.
    case "container.kill": return .undecided
    default: return isSince(container.finishedAt) ? .undecided : .notDone
    }
  }

  private func madeFinding() async -> StateFinding {
    guard let name = intent.givenName else { return .undecided }
    guard let image = try? await recorder.observer.engine.inspectImage(name),
      isSince(image.createdAt), image.containerID.map({ $0 == container }) ?? true
    else { return .notDone }
    return .done(at: image.createdAt.map(trace.clock.ours), image: image.id)
  }

  private func nameFinding() async -> StateFinding {
    guard let name = intent.madeNames.first else { return .notDone }
    guard let image = try? await recorder.observer.engine.inspectImage(name),
      intent.image.map({ $0.id == image.id }) ?? true
    else { return .notDone }
    // An engine that does not say when it gave the name made the image with it, if it is new.
    let time = image.taggedAt ?? image.createdAt
    if isSince(time) { return .done(at: time.map(trace.clock.ours), image: image.id) }
    return image.taggedAt == nil ? .undecided : .notDone
  }

  private func isSince(_ time: Timestamp?) -> Bool {
    time.map { intent.startedAt <= trace.clock.ours($0) } ?? false
  }

  private func inspection() async -> ContainerInspection? {
    try? await recorder.observer.engine.inspectContainer(container)
  }

  private func status() async -> String? { await inspection()?.status }
}

extension ImageInspection {
  /// When it last got a name on this engine.
  fileprivate var taggedAt: Timestamp? {
    json["Metadata"]?["LastTagTime"]?.string.flatMap { Timestamp($0) }.flatMap {
      $0.millisecondsSince1970 > 0 ? $0 : nil
    }
  }
}

/// Signals as requests name them and events number them.
///
/// Source: signal(7), the numbers of Linux on most architectures, and those of the container.
enum Signal {
  private static let numbers = [
    "HUP": "1", "INT": "2", "QUIT": "3", "ABRT": "6", "KILL": "9", "USR1": "10", "USR2": "12",
    "TERM": "15", "CONT": "18", "STOP": "19", "WINCH": "28",
  ]

  /// Whether an event's number is that of the signal asked for; nil asks for the kill.
  static func isSame(_ number: String?, _ signal: String?) -> Bool {
    let name = (signal ?? "KILL").uppercased()
    let short = name.hasPrefix("SIG") ? String(name.dropFirst(3)) : name
    guard let number, let expected = numbers[short] ?? (Int(short) == nil ? nil : short) else {
      return true
    }
    return number == expected
  }
}
