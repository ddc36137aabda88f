import Canonical
import JSONLD
import RDF

/// Writes any number of activities as one dataset, each of them a named graph.
///
/// It appends to a buffer, which its owner may empty between documents: a history of any length
/// takes the memory of its largest document.
package struct LinkedDataWriter {
  private let format: LinkedDataFormat
  private let reader: LinkedDataReader
  private var triG: TriGWriter?
  private var count = 0

  /// A writer at the beginning of a dataset.
  package init(
    _ format: LinkedDataFormat, _ reader: LinkedDataReader = LinkedDataReader(),
    to bytes: inout [UInt8]
  ) throws {
    self.format = format
    self.reader = reader
    switch format {
    case .jsonLD, .expanded: bytes.append(contentsOf: "[".utf8)
    case .nQuads: break
    case .turtle, .triG: triG = TriGWriter(prefixes: try Self.prefixes(), to: &bytes)
    }
  }

  /// Appends what a document states.
  ///
  /// - Throws: `JSONLDError`, `RDFError`; then nothing is appended.
  package mutating func write(
    _ document: [UInt8], about activity: ActivityID, to bytes: inout [UInt8]
  ) throws {
    let bundle = Bundle(of: document, about: activity)
    switch format {
    case .jsonLD, .expanded: try writeJSON(try reader.expanded(document), bundle, to: &bytes)
    case .nQuads: try writeLines(try reader.quads(document), bundle, to: &bytes)
    case .turtle: try triG?.write(try reader.quads(document), name: nil, to: &bytes)
    case .triG:
      let quads = try reader.quads(document)
      try triG?.write(bundle.description, name: nil, to: &bytes)
      try triG?.write(quads, name: .iri(bundle.name), to: &bytes)
    }
    count += 1
  }

  /// Appends what ends a dataset.
  package func finish(to bytes: inout [UInt8]) {
    switch format {
    case .jsonLD, .expanded: bytes.append(contentsOf: count == 0 ? "]\n".utf8 : "\n]\n".utf8)
    case .nQuads, .turtle, .triG: break
    }
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
      var bytes: [UInt8] = []
      var writer = try LinkedDataWriter(format, reader, to: &bytes)
      try writer.write(document, about: activity, to: &bytes)
      writer.finish(to: &bytes)
      return bytes
    }
  }

  private static func prefixes() throws(RDFError) -> Prefixes {
    try Prefixes(
      Dictionary(uniqueKeysWithValues: Namespace.allCases.map { ($0.prefix, $0.rawValue) }))
  }

  /// Quads of the bundle's graph; those that a document puts into graphs of its own stay there.
  private func writeLines(
    _ quads: [Quad], _ bundle: Bundle, to bytes: inout [UInt8]
  ) throws(RDFError) {
    let start = bytes.count
    let writer = NQuadsWriter()
    do throws(RDFError) {
      try writer.write(contentsOf: bundle.description, to: &bytes)
      let name = Term.iri(bundle.name)
      for quad in quads {
        let graph = quad.graph.map { relabelled($0) } ?? name
        try writer.write(
          Quad(
            relabelled(quad.subject), relabelled(quad.predicate), relabelled(quad.object),
            graph: graph), to: &bytes)
      }
    } catch {
      bytes.removeSubrange(start...)
      throw error
    }
  }

  /// Blank nodes of two documents are two, whatever their labels.
  private func relabelled(_ term: Term) -> Term {
    if case .blankNode(let label) = term { .blankNode("g\(count)\(label)") } else { term }
  }

  private func writeJSON(_ expanded: JSON, _ bundle: Bundle, to bytes: inout [UInt8]) throws {
    let graph: JSON = [
      "@id": .string(bundle.name), "@type": [.string(Bundle.type)],
      Bundle.topic: [["@id": .string(bundle.activity)]],
      "@graph": relabelled(expanded),
    ]
    bytes.append(contentsOf: count == 0 ? "\n".utf8 : ",\n".utf8)
    JSONWriter(.compact).write(graph, to: &bytes)
  }

  /// The labels that documents give to blank nodes, as they stand in expanded form.
  private func relabelled(_ json: JSON) -> JSON {
    switch json {
    case .array(let values): return .array(values.map { relabelled($0) })
    case .object(let object):
      return .object(
        JSONObject(
          object.members.map { name, value in
            (name, name == "@id" || name == "@type" ? relabelledNames(value) : relabelled(value))
          }))
    default: return json
    }
  }

  private func relabelledNames(_ json: JSON) -> JSON {
    switch json {
    case .string(let name) where name.hasPrefix("_:"): .string("_:g\(count)\(name.dropFirst(2))")
    case .array(let values): .array(values.map { relabelledNames($0) })
    default: json
    }
  }
}
