import Archive
import Canonical

/// Runs that are done again one after the other.
public struct RerunChain: Sendable {
  /// In the order in which they can be done: what a run makes comes before the run that reads it.
  public internal(set) var plans: [RerunPlan] = []

  /// How many recorded operations are no runs.
  public internal(set) var otherOperationCount = 0

  /// What there is to know, a sentence each without a full stop.
  public internal(set) var notes: [String] = []

  /// What was made again so far, by its path.
  private var made: [ExactPath: RerunMade] = [:]

  init() {}

  /// One run.
  public init(of plan: RerunPlan) { plans = [plan] }

  /// The options for the next run, with what earlier ones made.
  public func options(_ options: RerunOptions) -> RerunOptions {
    var options = options
    options.made = made
    options.originalFolder = commonFolder
    return options
  }

  /// Remembers what a run made again; nothing of it is there when it was only compared.
  public mutating func add(_ result: RerunResult, _ options: RerunOptions) {
    guard !options.verifies else { return }
    for output in result.outputs {
      guard let path = output.path, let now = output.now else { continue }
      made[ExactPath(path)] = RerunMade(digest: now.digest, activity: result.survey.plan.activity)
    }
  }

  /// Puts runs in their order. Where each of two reads what the other makes, the older comes first.
  mutating func order(_ unordered: [RerunPlan]) {
    let runs = unordered.sorted { ($0.startedAt, $0.activity) < ($1.startedAt, $1.activity) }
    let needs = runs.indices.map { Self.makers(of: runs[$0], at: $0, among: runs) }
    var rest = Array(runs.indices)
    var done: Set<Int> = []
    while let oldest = rest.first {
      let next = rest.first { needs[$0].isSubset(of: done) }
      if next == nil {
        notes.append(
          "\(runs[oldest].shortID) and others read what each other makes; the oldest comes first")
      }
      let index = next ?? oldest
      plans.append(runs[index])
      done.insert(index)
      rest.removeAll { $0 == index }
    }
  }

  /// The runs that made what a run read.
  private static func makers(
    of run: RerunPlan, at index: Int, among runs: [RerunPlan]
  ) -> Set<Int> {
    var makers: Set<Int> = []
    let earlier = runs.indices.filter { $0 != index && runs[$0].endedAt <= run.startedAt }
    for input in run.inputs where !input.isFolder {
      let makesBytes = { (other: Int) in
        runs[other].outputs.contains { !$0.isFolder && $0.digest == input.digest }
      }
      let makesPath = { (other: Int) in
        runs[other].outputs.contains { $0.path.isPath(input.path) }
      }
      // By the clocks of two machines, what was read may have been made later.
      let maker =
        earlier.last { makesBytes($0) && makesPath($0) } ?? earlier.last(where: makesBytes)
        ?? earlier.last(where: makesPath)
        ?? runs.indices.last { $0 != index && makesBytes($0) && makesPath($0) }
      if let maker { makers.insert(maker) }
    }
    return makers
  }
}
