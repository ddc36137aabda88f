import RDF

/// Says in RDF what an expanded document says, one statement at a time.
///
/// The standard makes a node map first and writes its statements. They are those of the document
/// itself, so that it is walked as it is here: nothing is held but the labels of blank nodes, and
/// what the document says twice is said twice.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.1, Deserialize JSON-LD to RDF.
struct RDFDeserializer {
  let options: ProcessingOptions
  let budget: MemoryBudget
  let emit: (Quad) throws -> Void
  var blankNodes = BlankNodeIssuer(prefix: "b")
  var depth: DepthGauge

  /// The graph that is walked; nil is the default graph.
  private var graph: Term?

  /// Whether the name of the graph can be written; nothing in it is said otherwise.
  private var isGraphWritable = true

  private var indexes: [Statement: JSON] = [:]
  private var literalsWithDirection: Set<Statement> = []

  /// What is to be unique in a document.
  private struct Statement: Hashable {
    let graph: Term?
    let subject: Term
    var predicate: Term?
    var value: JSON?
  }

  /// How many bytes it takes to know what was said of a node or a value.
  private static let statementByteCount = 256

  init(
    options: ProcessingOptions, budget: MemoryBudget, emit: @escaping (Quad) throws -> Void
  ) {
    self.options = options
    self.budget = budget
    self.emit = emit
    depth = DepthGauge(limit: options.limits)
  }

  /// Emits the statements of the nodes of a document or of a graph.
  mutating func nodes(_ elements: JSON) throws {
    for element in elements.asArray {
      if case .node(let object)? = ExpandedElement(element) { _ = try node(object) }
    }
  }

  /// Emits a statement unless a part of it, or the name of the graph, cannot be written.
  mutating func state(_ subject: Term?, _ predicate: Term?, _ object: Term?) throws {
    guard isGraphWritable, let subject, let predicate, let object else { return }
    try say(subject)
    try say(predicate)
    if let graph { try say(graph) }
    try emit(Quad(subject, predicate, object, graph: graph))
  }

  private func say(_ term: Term) throws(JSONLDError) {
    if case .iri(let name) = term { try budget.say(name) }
  }

  /// Emits the statements of a node, and returns its term; nil when that cannot be written.
  private mutating func node(_ object: JSONObject) throws -> Term? {
    try depth.enter()
    defer { depth.leave() }
    let subject: Term? =
      switch object["@id"] {
      case .string(let id)?: try term(id)
      case nil: .blankNode(blankNodes.fresh())
      default: nil
      }
    for (name, value) in object.members {
      if name == "@index" {
        // A node without an identifier is no other one.
        guard let id = object["@id"] else { continue }
        guard try isOnlyIndex(value, of: subject) else {
          throw JSONLDError.conflictingIndexes(of: id.string)
        }
      } else if name.utf8.first == UInt8(ascii: "@") {
        try keyword(name, value, of: subject)
      } else {
        try property(name, value, of: subject)
      }
    }
    return subject
  }

  private mutating func keyword(_ name: String, _ value: JSON, of subject: Term?) throws {
    switch name {
    case "@type":
      for case .string(let type) in value.asArray {
        try state(subject, .rdfType, try term(type))
      }
    case "@graph": try graph(value, named: subject)
    case "@included": try nodes(value)
    case "@reverse":
      for (name, values) in value.object?.members ?? [] {
        let predicate = try predicate(name)
        for element in values.asArray {
          guard case .node(let object)? = ExpandedElement(element) else { continue }
          try state(node(object), predicate, subject)
        }
      }
    default: break
    }
  }

  private mutating func graph(_ elements: JSON, named name: Term?) throws {
    let outer = (graph, isGraphWritable)
    (graph, isGraphWritable) = (name, name != nil)
    defer { (graph, isGraphWritable) = outer }
    try nodes(elements)
  }

  /// Notes the index of a node; false when it has another one.
  private mutating func isOnlyIndex(
    _ index: JSON, of subject: Term?
  ) throws(JSONLDError) -> Bool {
    guard let subject else { return true }
    try budget.take(Self.statementByteCount)
    let other = indexes.updateValue(index, forKey: Statement(graph: graph, subject: subject))
    return other == nil || other == index
  }

  private mutating func property(_ name: String, _ values: JSON, of subject: Term?) throws {
    let predicate = try predicate(name)
    let isStated = isGraphWritable && subject != nil && predicate != nil
    for element in values.asArray {
      if options.rdfDirection == .compoundLiteral, let subject, element["@direction"] != nil {
        // Such a literal is a new node each time, so that to say it twice would not be to say it.
        let statement = Statement(
          graph: graph, subject: subject, predicate: predicate, value: element)
        guard literalsWithDirection.insert(statement).inserted else { continue }
        try budget.take(Self.statementByteCount)
      }
      try state(subject, predicate, object(element, isStated: isStated))
    }
  }

  /// Returns the term of a value, and emits what it takes to say it when the value is to be stated.
  ///
  /// The nodes in it are looked through in any case: what they say does not depend on their place.
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 8.2, Object to RDF Conversion.
  mutating func object(_ element: JSON, isStated: Bool) throws -> Term? {
    switch ExpandedElement(element) {
    case .node(let object)?: try node(object)
    case .value(let object)?: try literal(object, isStated: isStated)
    case .list(let elements)?: try list(elements, isStated: isStated)
    case nil: nil
    }
  }

  /// The term of an identifier; nil for a relative or ill-formed IRI.
  mutating func term(_ id: String) throws(JSONLDError) -> Term? {
    try budget.say(id)
    if id.isBlankNodeIdentifier { return .blankNode(blankNodes.label(for: id)) }
    return Term.isAbsoluteIRI(id) ? .iri(id) : nil
  }

  private mutating func predicate(_ name: String) throws(JSONLDError) -> Term? {
    if name.isBlankNodeIdentifier, !options.producesGeneralizedRDF { return nil }
    return try term(name)
  }
}

extension Term {
  static let rdfType = Term.iri(RDFVocabulary.type)
  static let rdfFirst = Term.iri(RDFVocabulary.first)
  static let rdfRest = Term.iri(RDFVocabulary.rest)
  static let rdfNil = Term.iri(RDFVocabulary.nil)
}
