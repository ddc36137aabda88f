import SmartContainers

/// What a build of BuildKit shows, as `docker build --progress=plain` does.
///
/// One step is shown at a time: what others write meanwhile is held until one of them is over, the
/// one that is shown is, or it is too much to hold.
struct BuildDisplay {
  /// How many bytes of a step are held while another is shown.
  private static let holdLimit = 1 << 16

  /// The steps that began, by their digests.
  private var steps: [String: BuildDisplayStep] = [:]

  /// Those that are not over, in the order in which they began.
  private var underWay: [String] = []

  /// The step that is being shown.
  private var current: String?

  /// The text that shows an event.
  mutating func text(for event: ProgressEvent) -> String {
    switch event {
    case .step(let state): take(state)
    case .stepProgress(let progress): take(progress)
    case .stepOutput(let output): take(output)
    case .output, .layer, .message, .digest, .pushed, .image, .warning: ""
    }
  }

  /// What is held still, when the build is over.
  mutating func rest() -> String {
    for digest in steps.keys { steps[digest]?.endLine() }
    let held = steps.filter { !$0.value.held.isEmpty }.sorted { $0.value.number < $1.value.number }
    return held.map { shown($0.key) }.joined()
  }

  private mutating func take(_ state: BuildStep) -> String {
    guard state.startedAt != nil else { return "" }
    if steps[state.digest] == nil {
      steps[state.digest] = BuildDisplayStep(state, number: steps.count + 1)
      underWay.append(state.digest)
    }
    guard underWay.contains(state.digest) else { return "" }
    guard state.endedAt != nil else { return current == nil ? shown(state.digest) : "" }
    steps[state.digest]?.end(state)
    underWay.removeAll { $0 == state.digest }
    var text = shown(state.digest)
    current = nil
    if let next = underWay.first(where: { steps[$0]?.held.isEmpty == false }) {
      text += shown(next)
    }
    return text
  }

  private mutating func take(_ progress: BuildStepProgress) -> String {
    steps[progress.step]?.take(progress)
    return released(progress.step)
  }

  private mutating func take(_ output: BuildStepOutput) -> String {
    steps[output.step]?.take(output)
    return released(output.step)
  }

  /// What of a step may be shown now.
  private mutating func released(_ digest: String) -> String {
    guard let held = steps[digest]?.held, !held.isEmpty else { return "" }
    let isWanted = current == nil || current == digest || held.utf8.count > Self.holdLimit
    guard isWanted else { return "" }
    let text = shown(digest)
    // What a step wrote may come after its end.
    if !underWay.contains(digest) { current = nil }
    return text
  }

  /// What is held of a step, behind its name where another was shown before.
  private mutating func shown(_ digest: String) -> String {
    guard let step = steps[digest] else { return "" }
    var text = ""
    if current != digest {
      if let current, let other = steps[current] { text += "#\(other.number) ...\n" }
      if steps.values.contains(where: \.wasShown) { text += "\n" }
      text += "#\(step.number) \(PlainText.sanitize(step.name))\n"
    }
    current = digest
    steps[digest]?.wasShown = true
    steps[digest]?.held = ""
    return text + step.held
  }
}

/// Where a build's events are shown: those of the classic builder on standard output and those of
/// BuildKit on standard error, as docker does.
struct BuildOutput {
  private let terminal: Terminal
  private let isQuiet: Bool
  private var transfers: TransferDisplay
  private var steps = BuildDisplay()

  init(_ terminal: Terminal, isQuiet: Bool) {
    self.terminal = terminal
    self.isQuiet = isQuiet
    transfers = TransferDisplay(terminal)
  }

  mutating func show(_ event: ProgressEvent) throws {
    switch event {
    case .warning(let text): terminal.note("sc: warning: " + PlainText.sanitize(text))
    case _ where isQuiet: break
    case .step, .stepProgress, .stepOutput: terminal.noteRaw(steps.text(for: event))
    case .output, .layer, .message, .digest, .pushed, .image:
      try terminal.write(transfers.text(for: event))
    }
  }

  /// Shows what is held still.
  mutating func end() { terminal.noteRaw(steps.rest()) }
}
