import Glibc
import SmartContainers

/// Runs that are done again, one or several, and what is said of each.
struct RerunSeries {
  private let chain: RerunChain
  private let options: RerunOptions
  private let isRange: Bool
  private let isJSON: Bool
  private let failsFast: Bool

  init(
    _ chain: RerunChain, _ options: RerunOptions, isRange: Bool, isJSON: Bool, failsFast: Bool
  ) {
    self.chain = chain
    self.options = options
    self.isRange = isRange
    self.isJSON = isJSON
    self.failsFast = failsFast
  }

  /// Does them.
  ///
  /// - Throws: `ProcessExit` with 1 when one was not reproduced.
  func run(_ invocation: Invocation) async throws {
    let terminal = invocation.terminal
    var (results, failures) = ([JSONValue](), 0)
    if !chain.plans.isEmpty {
      try await invocation.withClient { client in
        var chain = chain
        for plan in chain.plans {
          do {
            let result = try await rerun(plan, chain.options(options), client, invocation)
            chain.add(result, options)
            results.append(result.json)
            if !result.isReproduced { failures += 1 }
            if !isJSON { try terminal.write(RerunText(result, isRange: isRange).text) }
          } catch  where isRange && !Self.isEnd(error) {
            failures += 1
            let report = FailureReport(error)
            terminal.note(report.text)
            results.append([
              "repeats": .string(plan.activity.description), "isReproduced": false,
              "error": .string(report.text),
            ])
          }
          if failsFast, failures > 0 { break }
        }
      }
    }
    if isJSON {
      try terminal.write(isRange ? .array(results) : results.first ?? .null)
    } else if isRange {
      try terminal.writeLine(summary(results.count, failures))
    }
    if failures > 0 { throw ProcessExit(status: ExitStatus.failed.rawValue) }
  }

  /// Whether an error is about more than one run.
  private static func isEnd(_ error: any Error) -> Bool {
    if error is OutputError { return true }
    let codes: [SmartContainersError.Code] = [
      .interrupted, .engineUnreachable, .historyBusy, .historyUnusable,
    ]
    return codes.contains(SmartContainersError(describing: error).code)
  }

  private func rerun(
    _ plan: RerunPlan, _ options: RerunOptions, _ client: Client, _ invocation: Invocation
  ) async throws -> RerunResult {
    let terminal = invocation.terminal
    let progress = AmountDisplay(terminal, isWanted: true)
    let survey = try await client.survey(plan, options) { progress.add($0) }
    progress.finish()
    for line in RerunText.notes(on: survey) {
      terminal.note("sc: " + PlainText.sanitize(isRange ? "\(plan.shortID): \(line)" : line))
    }
    let readsInput = plan.standardInput != nil
    guard !readsInput || !isRange else {
      throw SmartContainersError(
        .failed, "\(plan.shortID) reads from standard input, and so is not rerun among others",
        hint: "sc rerun \(plan.shortID) does it alone.")
    }
    let session = UserSession(
      passesInput: readsInput && isatty(STDIN_FILENO) != 1, beginsLater: true)
    return try await session.during { ends in
      let result = try await client.rerun(
        survey, options, signals: ends.signals, isInterrupted: ends.isInterrupted,
        standardInput: ends.interaction.input, onCreated: { _ in try ends.begin() },
        onOutput: { chunk in
          // Standard output is for the comparison.
          guard chunk.stream == .standardError else { return }
          try Terminal.write(chunk.bytes, to: STDERR_FILENO)
        })
      // The user may want an end while the outputs are taken out: no other run begins.
      guard !ends.isInterrupted() else { throw CancellationError() }
      return result
    }
  }

  private func summary(_ count: Int, _ failures: Int) -> String {
    let left =
      chain.plans.count > count ? ", \(chain.plans.count - count) left out after a failure" : ""
    return "\(count - failures) of \(count) run\(count == 1 ? "" : "s") reproduced\(left)"
      + RerunText.others(than: chain)
  }
}
