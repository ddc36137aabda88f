import SmartContainers

/// What came of a rerun, in lines for people.
struct RerunText {
  private let result: RerunResult
  private let isRange: Bool

  init(_ result: RerunResult, isRange: Bool) {
    self.result = result
    self.isRange = isRange
  }

  /// A line an output, and the summary.
  var text: String {
    var lines = result.outputs.map { line($0, named: $0.path ?? "") }
    if let output = result.standardOutput { lines.append(line(output, named: "standard output")) }
    if let error = result.standardError {
      lines.append(line(error, named: "standard error") + " (does not count)")
    }
    if let input = result.standardInput, input.state != .identical {
      lines.append("standard input is another than then")
    }
    let (then, now) = (result.survey.plan.exitCode, result.exitCode)
    if then != now { lines.append("different  exit code: \(then), now \(now)") }
    lines.append(summary)
    return lines.map { PlainText.sanitize($0) + "\n" }.joined()
  }

  private func line(_ output: RerunOutput, named name: String) -> String {
    let word = output.state.rawValue.padded(to: 9)
    guard output.state == .different else { return "\(word)  \(name)" }
    var details: [String] = []
    if let then = output.then?.byteCount, let now = output.now?.byteCount, then != now {
      details.append("\(then) bytes, now \(now)")
    }
    if let difference = output.difference { details.append(difference) }
    if details.isEmpty, let then = output.then, let now = output.now {
      details.append("\(Self.short(then.digest)), now \(Self.short(now.digest))")
    }
    return "\(word)  \(name): \(details.joined(separator: "; "))"
  }

  private var summary: String {
    let plan = result.survey.plan
    let verdict = result.isReproduced ? "reproduced" : "not reproduced"
    let inputs = result.hasInputsOfThen ? "" : ", and what it read had changed"
    return "\(plan.shortID) \(verdict)\(inputs)"
  }

  /// How many operations are left out because they are no runs.
  static func others(than chain: RerunChain) -> String {
    switch chain.otherOperationCount {
    case 0: ""
    case 1: "; 1 other operation is not rerun"
    case let count: "; \(count) other operations are not rerun"
    }
  }

  static func short(_ digest: SHA256Digest) -> String { String(digest.hexadecimal.prefix(12)) }

  /// What is to be said before a run: what of its inputs is not as it was, and more.
  static func notes(on survey: RerunSurvey) -> [String] {
    survey.inputs.compactMap { input in
      input.state == .same && input.madeAgainBy == nil ? nil : line(input)
    } + survey.notes
  }

  /// An input, and what became of it.
  static func line(_ input: RerunInput) -> String {
    let name = "input \(input.file.path)"
    let kept = input.isTakenFromHistory ? "; the history's is taken" : ""
    let maker = input.madeAgainBy.map { ", made anew by \($0.description.prefix(13))" } ?? ""
    return switch input.state {
    case .same: "\(name) is the same\(maker)"
    case .changed(let now):
      "\(name) changed: \(short(input.file.digest)), now \(short(now))\(maker)\(kept)"
    case .added: "\(name) is new\(input.isLeftOut ? "; it is left out" : "")"
    case .missing: "\(name) is missing\(kept)"
    }
  }
}

extension String {
  /// With spaces to that width.
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
