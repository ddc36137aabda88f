/// A literal: its lexical form, the IRI of its datatype and, for language-tagged strings, the tag.
///
/// Source: RDF 1.1 Concepts and Abstract Syntax, section 3.3.
public struct Literal: Hashable, Sendable {
  /// What the lexical form is to be read as: two texts of which each literal has one.
  private enum Kind: Sendable { case datatype(String), language(String) }

  /// The lexical form, as it was written.
  public let value: String

  private let kind: Kind

  /// The IRI of the datatype.
  public var datatype: String {
    if case .datatype(let iri) = kind { iri } else { RDFVocabulary.langString }
  }

  /// The language tag (BCP 47), as it was written; nil unless it is a language-tagged string.
  public var language: String? {
    if case .language(let tag) = kind { tag } else { nil }
  }

  /// A literal of a datatype; a plain string when none is given.
  public init(_ value: String, datatype: String = XSD.string) {
    self.value = value
    kind = .datatype(datatype)
  }

  /// A language-tagged string.
  public init(_ value: String, language: String) {
    self.value = value
    kind = .language(language)
  }

  /// Whether both have the same scalars, datatype and language.
  public static func == (left: Literal, right: Literal) -> Bool {
    guard left.value.hasSameBytes(as: right.value) else { return false }
    switch (left.kind, right.kind) {
    case (.datatype(let left), .datatype(let right)), (.language(let left), .language(let right)):
      return left.hasSameBytes(as: right)
    default:
      return false
    }
  }

  /// Feeds what equality compares.
  public func hash(into hasher: inout Hasher) {
    value.hashBytes(into: &hasher)
    switch kind {
    case .datatype(let iri): iri.hashBytes(into: &hasher)
    case .language(let tag):
      hasher.combine(1 as UInt8)
      tag.hashBytes(into: &hasher)
    }
  }
}
