import RDF

/// Gathers statements, and writes them as an expanded document.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.4, Serialize RDF as JSON-LD.
struct RDFSerializer {
  let options: ProcessingOptions

  /// The graphs in the order in which they were met, the default graph first.
  var graphs = [SerializedGraph()]

  /// Where the values are that name a blank node; nil where it is in use in some other way too.
  var uses: [Name: Use?] = [:]

  private var places: [Name: Int] = [:]

  /// The graph of which a blank node is a subject; nil where there are several.
  private var homes: [Name: Int?] = [:]

  /// A value that names a node.
  struct Use {
    let graph: Int
    let node: SerializedNode
    let property: String
    let value: SerializedValue
  }

  init(options: ProcessingOptions) { self.options = options }

  /// Adds a statement that was not added before.
  mutating func add(_ quad: Quad) throws(JSONLDError) {
    guard let subjectID = quad.subject.id, let property = quad.predicate.id else { return }
    let graph = place(of: quad.graph)
    let (subject, isNew) = graphs[graph].node(subjectID)
    if isNew, subject.isBlank { settle(subjectID, in: graph) }
    if property.isBlankNodeIdentifier { uses[Name(property)] = .some(nil) }
    guard let objectID = quad.object.id else {
      if case .literal(let literal) = quad.object {
        subject.add(SerializedValue(.value(try value(of: literal))), to: property)
      }
      return
    }
    if property == RDFVocabulary.type, !options.usesRDFType {
      subject.types.append(objectID)
      uses[Name(objectID)] = .some(nil)
      return
    }
    let value = SerializedValue(.reference(objectID))
    subject.add(value, to: property)
    let use = Use(graph: graph, node: subject, property: property, value: value)
    if objectID == RDFVocabulary.nil {
      graphs[graph].listEnds.append(use)
    } else if objectID.isBlankNodeIdentifier {
      let isFirst = uses[Name(objectID)] == nil
      uses[Name(objectID)] = .some(isFirst ? use : nil)
    }
  }

  private mutating func place(of graph: Term?) -> Int {
    guard let id = graph?.id else { return 0 }
    if let place = places[Name(id)] { return place }
    places[Name(id)] = graphs.count
    graphs.append(SerializedGraph())
    graphs[0].node(id).node.graph = graphs.count - 1
    // The name of a graph means the node, which thus is no cell of a list.
    uses[Name(id)] = .some(nil)
    return graphs.count - 1
  }

  /// Notes that something is said of a blank node in a graph.
  private mutating func settle(_ id: String, in graph: Int) {
    let isFirst = homes[Name(id)] == nil
    homes[Name(id)] = .some(isFirst ? graph : nil)
  }

  /// Where the only value is that names a blank node; nil unless all that is said of it and with it
  /// is in that graph.
  ///
  /// The standard looks at the number of values only, and would move a list to another graph.
  func onlyUse(of id: String, in graph: Int) -> Use? {
    guard let use = uses[Name(id)] ?? nil, use.graph == graph,
      let home = homes[Name(id)] ?? nil, home == graph
    else { return nil }
    return use
  }
}

extension Term {
  /// The identifier in JSON-LD; nil for a literal.
  var id: String? {
    switch self {
    case .iri(let iri): iri
    case .blankNode(let label): "_:" + label
    case .literal: nil
    }
  }
}
