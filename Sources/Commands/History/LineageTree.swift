import SmartContainers

/// A lineage as a tree of lines. What was written once is referred to, and a cycle ends where it
/// closes.
///
/// The states of a container are one line, with all that was brought in below.
struct LineageTree {
  private let graph: LineageGraph
  private let style: Style
  private let words: LineageText
  private let onward: [String: [LineageGraph.Edge]]

  init(_ graph: LineageGraph, style: Style) {
    self.graph = graph
    self.style = style
    words = LineageText(style: style)
    onward = graph.onward
  }

  /// A line that is to be written, or the end of what is below one.
  private enum Item {
    case line(edge: LineageGraph.Edge?, head: String, indent: String, hidden: Set<String>)
    case end(String)
  }

  /// The whole text, with its last line feed.
  var text: String {
    var lines: [String] = []
    var written: Set<String> = []
    var open: Set<String> = []
    // A stack, and no recursion: a history may be a chain of any length.
    var items = [Item.line(edge: nil, head: "", indent: "", hidden: [])]
    while let item = items.popLast() {
      guard case .line(let edge, let head, let indent, let hidden) = item else {
        if case .end(let iri) = item { open.remove(iri) }
        continue
      }
      let iri = edge.map(graph.target) ?? graph.subject
      let chain = chain(from: iri)
      let line = head + prefix(edge) + self.line(chain, at: edge?.place)
      if open.contains(iri) {
        lines.append(line + " " + style.changed("[a cycle: above]"))
        continue
      }
      guard !written.contains(iri) else {
        lines.append(line + " " + style.changed("[above]"))
        continue
      }
      written.formUnion(chain)
      let below = edges(below: chain, hiding: hidden)
      lines.append(line + end(chain, below))
      open.insert(iri)
      items.append(.end(iri))
      let isState = chain.count > 1 || graph.nodes[iri]?.container != nil
      for (number, edge) in below.enumerated().reversed() {
        let isLast = number == below.count - 1
        items.append(
          .line(
            edge: edge, head: indent + (isLast ? "└─ " : "├─ "),
            indent: indent + (isLast ? "   " : "│  "), hidden: isState ? Set(chain) : []))
      }
    }
    return (lines + unreadable).joined(separator: "\n") + "\n"
  }

  /// A node, and the states that it came from or that came from it.
  private func chain(from iri: String) -> [String] {
    var (chain, seen, last) = ([iri], Set([iri]), iri)
    guard graph.nodes[iri]?.container != nil else { return chain }
    while let edge = onward[last]?.first(where: { isRevision($0) }),
      seen.insert(graph.target(of: edge)).inserted
    {
      last = graph.target(of: edge)
      chain.append(last)
    }
    return chain
  }

  private func isRevision(_ edge: LineageGraph.Edge) -> Bool {
    edge.relation == .wasRevisionOf && graph.nodes[edge.from]?.container != nil
      && graph.nodes[edge.from]?.container == graph.nodes[edge.to]?.container
  }

  private func edges(
    below chain: [String], hiding hidden: Set<String>
  ) -> [LineageGraph.Edge] {
    // What was read or written at several places is there with each of them.
    var seen: Set<[String?]> = []
    return chain.flatMap { onward[$0] ?? [] }.filter { edge in
      !isRevision(edge) && !hidden.contains(graph.target(of: edge))
        && seen.insert([graph.target(of: edge), edge.place]).inserted
    }
  }

  private func line(_ chain: [String], at place: String?) -> String {
    guard let node = graph.nodes[chain[0]] else { return PlainText.sanitize(chain[0]) }
    var steps: [String: Int] = [:]
    for step in chain.flatMap({ graph.nodes[$0]?.steps ?? [] }) {
      steps[step.operation, default: 0] += step.count
    }
    let text = words.line(
      of: node,
      steps: steps.sorted { $0.key < $1.key }.map {
        LineageNode.Steps(operation: $0.key, count: $0.value)
      })
    guard let place, place != node.label else { return text }
    return text + " at " + PlainText.sanitize(place)
  }

  /// What ends a line: that more was left out, or that nobody knows more.
  private func end(_ chain: [String], _ below: [LineageGraph.Edge]) -> String {
    guard let node = graph.nodes[chain[0]] else { return "" }
    if chain.contains(where: { graph.nodes[$0]?.isCut == true }) {
      return " " + style.changed("[…]")
    }
    let omitted = chain.compactMap { graph.nodes[$0]?.omitted }.reduce(0, +)
    if omitted > 0 {
      return " " + style.changed("[and \(omitted) older activities \(deed(by: node))]")
    }
    let isOrigin =
      node.activity != nil || node.isEmpty || node.kind == "registryReference"
      || node.status != .recorded || graph.direction == .forward
    return below.isEmpty && !isOrigin ? " " + style.changed("[its origin is not recorded]") : ""
  }

  /// What activities that are left out did with regard to a node.
  private func deed(by node: LineageNode) -> String {
    guard graph.direction == .forward else { return "made the same" }
    return node.activity == nil ? "used the same" : "came after it"
  }

  /// How a line is related to the one above, where that is not plain.
  private func prefix(_ edge: LineageGraph.Edge?) -> String {
    guard let edge else { return "" }
    let isBackward = graph.direction == .backward
    switch edge.relation {
    case .used, .wasGeneratedBy: return ""
    case .wasInformedBy: return isBackward ? "after " : "before "
    case .wasDerivedFrom: return isBackward ? "derived from " : "gave "
    case .wasRevisionOf: return isBackward ? "revision of " : "revised as "
    case .hadPrimarySource: return isBackward ? "from the source " : "the source of "
    case .specializationOf: return isBackward ? "a form of " : "in the form of "
    case .hadMember: return isBackward ? "with " : "within "
    case .isMemberOf: return isBackward ? "within " : "with "
    }
  }

  private var unreadable: [String] {
    guard !graph.unreadable.isEmpty else { return [] }
    let (count, limit) = (graph.unreadable.count, 10)
    let head =
      count == 1
      ? "1 activity cannot be read, so that something may be missing:"
      : "\(count) activities cannot be read, so that something may be missing:"
    return ["", style.failure(head)]
      + graph.unreadable.prefix(limit).map {
        "  " + PlainText.sanitize("\($0.activity): \($0.reason)")
      } + (count > limit ? ["  … (--json has all)"] : [])
  }
}
