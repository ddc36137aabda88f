import SmartContainers

/// A lineage in Graphviz's language: activities are boxes, things are ellipses, and arrows lead from
/// what is later to what is earlier, as PROV's do.
struct LineageDrawing {
  private let graph: LineageGraph

  init(_ graph: LineageGraph) { self.graph = graph }

  /// The whole text, with its last line feed.
  var text: String {
    let words = LineageText(style: Style(isColored: false))
    let iris = graph.nodes.keys.sorted()
    let names = Dictionary(uniqueKeysWithValues: iris.enumerated().map { ($1, "n\($0)") })
    var lines = ["digraph lineage {", "  rankdir=RL", "  node [fontname=\"sans-serif\"]"]
    for iri in iris {
      guard let node = graph.nodes[iri], let name = names[iri] else { continue }
      var attributes = [
        "label=\(Self.quoted(words.short(node)))", "tooltip=\(Self.quoted(iri))",
        node.activity == nil ? "shape=ellipse" : "shape=box",
      ]
      if node.status != .recorded { attributes.append("style=dashed") }
      if iri == graph.subject { attributes.append("penwidth=2") }
      lines.append("  \(name) [\(attributes.joined(separator: " "))]")
    }
    for edge in graph.edges {
      guard let from = names[edge.from], let to = names[edge.to] else { continue }
      lines.append("  \(from) -> \(to) [label=\(Self.quoted(edge.relation.rawValue))]")
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// A string of the language: a line feed is a line of the label, and nothing else is special.
  private static func quoted(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      PlainText.sanitize(String(line)).map { character in
        character == "\\" || character == "\"" ? "\\\(character)" : String(character)
      }.joined()
    }
    return "\"" + lines.joined(separator: "\\n") + "\""
  }
}
