/// Writes TriG, one graph after the other.
///
/// It appends to a buffer, which its owner may empty between graphs: that way an export of any
/// size takes the memory of its largest graph.
///
/// Source: RDF 1.1 TriG.
public struct TriGWriter: Sendable {
  private var terms: TurtleTerms
  private var graphCount = 0

  /// A writer at the start of a document, to which it appends the prefixes: all of them, since
  /// the graphs are not known yet.
  public init(prefixes: Prefixes, to bytes: inout [UInt8]) {
    terms = TurtleTerms(prefixes)
    terms.appendDeclarations(usedOnly: false, to: &bytes)
  }

  /// A writer that goes on in a document in which others have written so many graphs, so that the
  /// graphs of one document can be written at once.
  public init(prefixes: Prefixes, after graphCount: Int) {
    terms = TurtleTerms(prefixes)
    self.graphCount = graphCount
  }

  /// A writer of graphs that share blank nodes, into a document whose head comes later.
  init(terms: TurtleTerms) { self.terms = terms }

  /// Appends a graph; the graphs that the quads are in do not matter.
  ///
  /// Blank nodes belong to the one call: a label that another call has is another node, and
  /// is written as another label.
  ///
  /// Throws ``RDFError`` when a term is none that TriG can say; then nothing is appended.
  ///
  /// - Parameter name: The name of the graph, nil for the default graph.
  public mutating func write(
    _ quads: [Quad], name: Term?, to bytes: inout [UInt8]
  ) throws(RDFError) {
    terms.labelPrefix = "g\(graphCount)-"
    try append(quads, name: name, to: &bytes) { $0 == name }
  }

  /// Appends all graphs of a dataset: the default graph under a name, the others under their own.
  ///
  /// Blank nodes belong to the one call, in whichever of its graphs they are.
  ///
  /// Throws ``RDFError`` when a term is none that TriG can say; then nothing is appended.
  ///
  /// - Parameter defaultName: The name that the default graph gets, nil for none.
  public mutating func write(
    _ dataset: Dataset, defaultName: Term?, to bytes: inout [UInt8]
  ) throws(RDFError) {
    terms.labelPrefix = "g\(graphCount)-"
    let start = bytes.count
    do throws(RDFError) {
      try append(dataset, defaultName: defaultName, to: &bytes)
    } catch {
      bytes.removeSubrange(start...)
      throw error
    }
  }

  /// Appends all graphs of a dataset, whose blank nodes keep their labels.
  mutating func append(
    _ dataset: Dataset, defaultName: Term?, to bytes: inout [UInt8]
  ) throws(RDFError) {
    let shared = dataset.sharedBlankNodes()
    for graph in dataset.graphs() {
      try append(
        graph.quads, name: graph.name ?? defaultName, to: &bytes,
        isShared: { $0 == defaultName || shared.contains($0) })
    }
  }

  /// Appends a graph whose blank nodes keep their labels.
  ///
  /// - Parameter isShared: Whether a blank node is met outside of the graph too.
  mutating func append(
    _ quads: [Quad], name: Term?, to bytes: inout [UInt8], isShared: (Term) -> Bool
  ) throws(RDFError) {
    guard !quads.isEmpty else { return }
    let start = bytes.count
    do throws(RDFError) {
      if graphCount > 0 { bytes.append(UInt8(ascii: "\n")) }
      if let name {
        if case .literal = name { throw RDFError(.misplacedTerm, "a literal names no graph") }
        try terms.append(name, to: &bytes)
        bytes.append(contentsOf: " {\n".utf8)
      }
      try GraphText.append(
        quads, terms: &terms, indentation: name == nil ? 0 : 4, to: &bytes, isShared: isShared)
      if name != nil { bytes.append(contentsOf: "}\n".utf8) }
    } catch {
      bytes.removeSubrange(start...)
      throw error
    }
    graphCount += 1
  }

  /// The prefixes that were used, as text.
  func appendUsedDeclarations(to bytes: inout [UInt8]) {
    terms.appendDeclarations(usedOnly: true, to: &bytes)
  }
}
