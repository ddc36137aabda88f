/// A literal: its lexical form, the IRI of its datatype and, for language-tagged strings, the tag.
///
/// Source: RDF 1.1 Concepts and Abstract Syntax, section 3.3.
public struct Literal: Hashable, Sendable {
  /// The lexical form, as it was written.
  public let value: String

  /// The IRI of the datatype.
  public let datatype: String

  /// The language tag (BCP 47); nil unless the datatype is `rdf:langString`.
  public let language: String?

  /// A literal of a datatype; a plain string when none is given.
  public init(_ value: String, datatype: String = XSD.string) {
    self.value = value
    self.datatype = datatype
    language = nil
  }

  /// A language-tagged string.
  public init(_ value: String, language: String) {
    self.value = value
    datatype = RDFVocabulary.langString
    self.language = language
  }
}
