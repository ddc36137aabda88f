/// The prefixes that a Turtle or TriG document may use, and their namespaces.
///
/// Source: RDF 1.1 Turtle, section 2.4.
public struct Prefixes: Sendable {
  struct Prefix: Sendable {
    let name: String
    let namespace: String
  }

  /// In the order of their names.
  let prefixes: [Prefix]

  /// The places in `prefixes`, those of long namespaces first: the longest that fits is used.
  private let longestFirst: [Int]

  /// The namespaces by prefix, without the colon; the empty prefix is one.
  ///
  /// Throws ``RDFError`` when a prefix is none or a namespace no absolute IRI.
  public init(_ namespaces: [String: String] = [:]) throws(RDFError) {
    for (name, namespace) in namespaces {
      guard Self.isPrefix(name) else {
        throw RDFError(.invalidPrefix, "'\(name)' is no prefix")
      }
      guard Term.isAbsoluteIRI(namespace) else {
        throw RDFError(.invalidPrefix, "the namespace of '\(name)' is no absolute IRI")
      }
    }
    let sorted = namespaces.sorted { $0.key < $1.key }
      .map { Prefix(name: $0.key, namespace: $0.value) }
    prefixes = sorted
    longestFirst = sorted.indices.sorted {
      (-sorted[$0].namespace.utf8.count, $0) < (-sorted[$1].namespace.utf8.count, $1)
    }
  }

  /// Source: RDF 1.1 Turtle, production PN_PREFIX.
  private static func isPrefix(_ name: String) -> Bool {
    let scalars = name.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return true }
    return first.isNameBase && last != "." && scalars.allSatisfy { $0.isName || $0 == "." }
  }

  /// The longest prefix whose namespace the IRI begins with, and the rest of the IRI as a local
  /// name; nil when there is none.
  func name(of iri: String) -> (prefix: Int, local: [UInt8])? {
    for prefix in longestFirst {
      let namespace = prefixes[prefix].namespace
      guard iri.utf8.count >= namespace.utf8.count else { continue }
      let local: [UInt8]?? = iri.withBytes { iri in
        namespace.withBytes { namespace in
          let start = namespace.count
          guard UnsafeBufferPointer(rebasing: iri[..<start]).hasSameBytes(as: namespace) else {
            return nil
          }
          return LocalName.escaped(UnsafeBufferPointer(rebasing: iri[start...]))
        }
      }
      if let local, let local { return (prefix, local) }
    }
    return nil
  }
}
