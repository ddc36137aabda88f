import Canonical
import JSONLD
import RDF

/// Writes any number of activities as one dataset, each of them a named graph.
///
/// The text of a dataset is a head, that of each document by its number, and a tail. Documents may
/// be written at once: a history of any length takes the memory of those that are.
package struct LinkedDataWriter: Sendable {
  private let format: LinkedDataFormat
  private let reader: LinkedDataReader
  private let prefixes: Prefixes

  package init(
    _ format: LinkedDataFormat, _ reader: LinkedDataReader = LinkedDataReader()
  ) throws {
    self.format = format
    self.reader = reader
    prefixes = try Self.prefixes()
  }

  /// What begins a dataset.
  package var head: [UInt8] {
    var bytes: [UInt8] = []
    switch format {
    case .jsonLD, .expanded: bytes = Array("[".utf8)
    case .nQuads: break
    case .turtle, .triG: _ = TriGWriter(prefixes: prefixes, to: &bytes)
    }
    return bytes
  }

  /// What ends a dataset of so many documents.
  package func tail(after count: Int) -> [UInt8] {
    switch format {
    case .jsonLD, .expanded: Array((count == 0 ? "]\n" : "\n]\n").utf8)
    case .nQuads, .turtle, .triG: []
    }
  }

  /// Appends what a document states; nothing when it cannot be read.
  ///
  /// - Parameter number: its place among the documents, from 0.
  /// - Throws: `JSONLDError`, `RDFError`.
  package func write(
    _ document: [UInt8], about activity: ActivityID, number: Int, to bytes: inout [UInt8]
  ) throws {
    let bundle = Bundle(of: document, about: activity)
    switch format {
    case .jsonLD, .expanded:
      let graph = try reader.expanded(document)
      write(bundle.json(relabelled(graph, number)), number, to: &bytes)
    case .nQuads: try writeLines(of: document, bundle, number, to: &bytes)
    case .turtle:
      var writer = TriGWriter(prefixes: prefixes, after: number)
      try writer.write(try reader.quads(document), name: nil, to: &bytes)
    case .triG:
      let quads = try reader.quads(document)
      var writer = TriGWriter(prefixes: prefixes, after: 2 * number)
      try writer.write(bundle.description, name: nil, to: &bytes)
      let name = Term.iri(bundle.name)
      if quads.allSatisfy({ $0.graph == nil }) {
        try writer.write(quads, name: name, to: &bytes)
      } else {
        try writer.write(Dataset(quads), defaultName: name, to: &bytes)
      }
    }
  }

  /// Appends what is known of a document without reading it: its name, and what it is about.
  ///
  /// - Parameter number: its place among the documents, from 0.
  /// - Throws: `RDFError`.
  package func writeName(
    of document: [UInt8], about activity: ActivityID, number: Int, to bytes: inout [UInt8]
  ) throws {
    let bundle = Bundle(of: document, about: activity)
    switch format {
    case .jsonLD, .expanded: write(bundle.json([]), number, to: &bytes)
    case .nQuads: try NQuadsWriter().write(contentsOf: bundle.description, to: &bytes)
    case .turtle: break
    case .triG:
      var writer = TriGWriter(prefixes: prefixes, after: 2 * number)
      try writer.write(bundle.description, name: nil, to: &bytes)
    }
  }

  private func write(_ element: JSON, _ number: Int, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: number == 0 ? "\n".utf8 : ",\n".utf8)
    JSONWriter(.compact).write(element, to: &bytes)
  }

  /// One document: what it states, without a name of its own where the format does not need one.
  package static func text(
    of document: [UInt8], about activity: ActivityID, _ format: LinkedDataFormat
  ) throws -> [UInt8] {
    let reader = LinkedDataReader()
    switch format {
    case .jsonLD: return document
    case .expanded:
      return JSONWriter(.pretty).bytes(of: try reader.expanded(document)) + [UInt8(ascii: "\n")]
    case .nQuads: return try reader.canonicalNQuads(document)
    case .turtle: return try Dataset(reader.quads(document)).turtle(prefixes: try prefixes())
    case .triG:
      let writer = try LinkedDataWriter(format, reader)
      var bytes = writer.head
      try writer.write(document, about: activity, number: 0, to: &bytes)
      return bytes
    }
  }

  /// A document in expanded form that is no activity's; as TriG it names its graphs itself.
  ///
  /// - Throws: `JSONLDError`, `RDFError`.
  package static func text(
    ofExpanded document: JSON, _ format: LinkedDataFormat
  ) throws -> [UInt8] {
    let dataset = {
      var dataset = Dataset()
      try Processor().toRDF(document) { dataset.insert($0) }
      return dataset
    }
    return switch format {
    case .jsonLD, .expanded: JSONWriter(.pretty).bytes(of: document) + [UInt8(ascii: "\n")]
    case .nQuads: try dataset().canonicalized().nQuads
    case .turtle: try dataset().turtle(prefixes: try prefixes(Namespace.allCases))
    case .triG: try dataset().triG(prefixes: try prefixes(Namespace.allCases))
    }
  }

  private static func prefixes(
    _ namespaces: [Namespace] = Namespace.ofActivities
  ) throws(RDFError) -> Prefixes {
    try Prefixes(
      Dictionary(uniqueKeysWithValues: namespaces.map { ($0.prefix, $0.rawValue) }))
  }

  /// Quads of the bundle's graph; those that a document puts into graphs of its own stay there.
  private func writeLines(
    of document: [UInt8], _ bundle: Bundle, _ number: Int, to bytes: inout [UInt8]
  ) throws {
    let start = bytes.count
    try NQuadsWriter().write(contentsOf: bundle.description, to: &bytes)
    let writer = NQuadsWriter(checksTerms: false)
    // Written once, and not escaped for each line.
    let end = Array(" <\(bundle.name)> .\n".utf8)
    do {
      try reader.forEachQuad(of: document) { quad in
        try writer.write(relabelled(quad, number), to: &bytes)
        guard quad.graph == nil else { return }
        bytes.removeLast(" .\n".utf8.count)
        bytes.append(contentsOf: end)
      }
    } catch {
      bytes.removeSubrange(start...)
      throw error
    }
  }

  /// Blank nodes of two documents are two, whatever their labels.
  private func relabelled(_ quad: Quad, _ number: Int) -> Quad {
    var quad = quad
    func relabel(_ term: inout Term) {
      if case .blankNode(let label) = term { term = .blankNode("g\(number)\(label)") }
    }
    relabel(&quad.subject)
    relabel(&quad.predicate)
    relabel(&quad.object)
    if var graph = quad.graph {
      relabel(&graph)
      quad.graph = graph
    }
    return quad
  }

  /// The labels that documents give to blank nodes, as they stand in expanded form.
  private func relabelled(_ json: JSON, _ number: Int) -> JSON {
    switch json {
    case .array(let values): return .array(values.map { relabelled($0, number) })
    case .object(let object) where object["@value"] == nil:
      return .object(
        JSONObject(
          object.members.map { name, value in
            let isName = name == "@id" || name == "@type"
            return (
              relabelled(name, number),
              isName ? relabelledNames(value, number) : relabelled(value, number)
            )
          }))
    default: return json
    }
  }

  private func relabelledNames(_ json: JSON, _ number: Int) -> JSON {
    switch json {
    case .string(let name): .string(relabelled(name, number))
    case .array(let values): .array(values.map { relabelledNames($0, number) })
    default: json
    }
  }
  /// A name, with the document's number where it is a blank node's.
  private func relabelled(_ name: String, _ number: Int) -> String {
    name.hasPrefix("_:") ? "_:g\(number)-\(name.dropFirst(2))" : name
  }
}
