import SmartContainers

/// What reruns would do and need, without any being done.
struct RerunReport {
  private let chain: RerunChain
  private let options: RerunOptions
  private let isJSON: Bool

  init(_ chain: RerunChain, _ options: RerunOptions, isJSON: Bool) {
    self.chain = chain
    self.options = options
    self.isJSON = isJSON
  }

  func write(from reader: HistoryReader, _ invocation: Invocation, isRange: Bool) async throws {
    let engine = await engine(invocation)
    let seesFiles = (try? Client.seesFiles(invocation.places())) ?? false
    var surveys: [RerunSurvey] = []
    for plan in chain.plans {
      surveys.append(
        try await reader.survey(plan, options, on: engine, seesFiles: seesFiles))
    }
    if isJSON {
      let all = surveys.map(\.json)
      return try invocation.terminal.write(isRange ? .array(all) : all.first ?? .null)
    }
    let texts = surveys.map { Self.lines($0).map { PlainText.sanitize($0) + "\n" }.joined() }
    try invocation.terminal.write(texts.joined(separator: "\n"))
    guard isRange else { return }
    let ready = surveys.count { $0.obstacles.isEmpty }
    try invocation.terminal.writeLine(
      "\(texts.isEmpty ? "" : "\n")\(ready) of \(surveys.count) can be done again"
        + RerunText.others(than: chain))
  }

  /// The engine, if one answers: it is needed only to look for the image.
  private func engine(_ invocation: Invocation) async -> EngineClient? {
    do {
      return try await invocation.engine()
    } catch {
      invocation.terminal.note("sc: engine not reachable: image unknown")
      return nil
    }
  }

  private static func lines(_ survey: RerunSurvey) -> [String] {
    let plan = survey.plan
    let command = FieldText.hidingCommitments(in: ActivityText.shellText(plan.command))
    var lines = ["run \(plan.activity)", "  command  \(command)"]
    lines.append("  image    \(plan.image.title) \(image(survey))")
    lines += survey.inputs.map { "  \(RerunText.line($0))" }
    if let input = plan.standardInput {
      lines.append("  standard input \(RerunText.short(input.digest)) must be piped in again")
    }
    lines += plan.outputs.filter { !$0.isFolder }.map {
      "  output \($0.path) \(RerunText.short($0.digest))"
    }
    if let output = plan.standardOutput {
      lines.append("  standard output \(RerunText.short(output.digest))")
    }
    lines += survey.hidden.map { "  hidden in \($0.place): \($0.name ?? "no name") \(state($0))" }
    lines += survey.notes.map { "  note: \($0)" }
    lines += survey.obstacles.map { "  cannot be done again: \($0)" }
    return lines
  }

  private static func image(_ survey: RerunSurvey) -> String {
    let identity = RerunText.short(survey.plan.image.identity)
    return switch survey.image {
    case .here: "is here, \(identity)"
    case .similar(let name): "is not here; \(name) has its layers"
    case .pullable(let reference): "is not here; \(reference) would be pulled"
    case .absent: "is not here, \(identity)"
    case .unknown: "\(identity): nobody can tell whether it is here"
    }
  }

  private static func state(_ value: HiddenValue) -> String {
    switch value.state {
    case .same: "is set"
    case .different: "is set, to another value than then"
    case .notComparable: "is set"
    case .needed: "must be set"
    case .unobtainable: "cannot be given"
    }
  }
}
