import SmartContainers

/// The nodes of a lineage in words.
struct LineageText {
  private let style: Style

  init(style: Style) { self.style = style }

  /// One line about a node.
  ///
  /// - Parameter steps: what else was done with a container.
  func line(of node: LineageNode, steps: [LineageNode.Steps] = []) -> String {
    let line = node.activity.map { activity($0, node) } ?? thing(node)
    return line + Self.words(steps) + status(node)
  }

  /// Some words that tell it apart, for where there is little room.
  func short(_ node: LineageNode) -> String {
    guard let activity = node.activity else { return thing(node) }
    let who = activity.people.first.map { "\n" + PlainText.sanitize($0) } ?? ""
    let when = activity.startedAt.map { "\n\($0)" } ?? ""
    return PlainText.sanitize(activity.operation) + outcome(activity) + who + when
  }

  /// A kind as words: `standardOutput` is `standard output`.
  private static func words(_ kind: String) -> String {
    kind.map { $0.isUppercase ? " " + $0.lowercased() : String($0) }.joined()
  }

  private func activity(_ activity: LineageNode.Activity, _ node: LineageNode) -> String {
    let command = FieldText.hidingCommitments(in: ActivityText.shellText(activity.command))
    let shown = command.count > 70 ? command.prefix(69) + "…" : command[...]
    let words = [
      style.bold(PlainText.sanitize(activity.operation)) + outcome(activity),
      activity.people.isEmpty ? nil : "by " + activity.people.joined(separator: ", "),
      activity.startedAt.map { "at \($0)" }, shown.isEmpty ? nil : "(\(shown))",
    ]
    return words.compactMap { $0 }.enumerated().map { number, text in
      number == 0 ? text : PlainText.sanitize(text)
    }.joined(separator: " ") + " " + style.id(Self.shortID(node.iri))
  }

  private func outcome(_ activity: LineageNode.Activity) -> String {
    guard let outcome = activity.outcome, outcome != "succeeded" else { return "" }
    let code = activity.exitCode.map { ", exit code \($0)" } ?? ""
    return " " + style.failure("(\(PlainText.sanitize(outcome))\(code))")
  }

  private func thing(_ node: LineageNode) -> String {
    // Bytes that nobody named are called by their kind already.
    let name = node.label == node.kind ? nil : PlainText.sanitize(node.label)
    let kind = node.kind == "thing" ? nil : Self.words(node.kind)
    let id = style.id("(\(Self.shortID(node)))")
    let hasID = node.digest != nil || node.container != nil
    return [kind, name, hasID ? id : nil].compactMap { $0 }.joined(separator: " ")
      + (node.isEmpty ? ", which is empty" : "")
  }

  private static func shortID(_ node: LineageNode) -> String {
    if let digest = node.digest { return String(digest.dropFirst(7).prefix(12)) }
    let id = node.container?.split(separator: "/").last ?? ""
    return PlainText.sanitize(String(id.prefix(12)))
  }

  private static func shortID(_ iri: String) -> String {
    let id = iri.hasPrefix("urn:uuid:") ? iri.dropFirst(9).prefix(13) : iri[...]
    return PlainText.sanitize(String(id))
  }

  private static func words(_ steps: [LineageNode.Steps]) -> String {
    guard !steps.isEmpty else { return "" }
    let words = steps.map { step in
      let name =
        step.operation.hasPrefix("container.") ? step.operation.dropFirst(10) : step.operation[...]
      return PlainText.sanitize(String(name)) + (step.count > 1 ? " ×\(step.count)" : "")
    }
    return ", also: " + words.joined(separator: ", ")
  }

  private func status(_ node: LineageNode) -> String {
    switch node.status {
    case .recorded: ""
    case .missing: " " + style.failure("[not in this history]")
    case .unreadable(let reason):
      " " + style.failure("[cannot be read: \(PlainText.sanitize(reason))]")
    }
  }
}
