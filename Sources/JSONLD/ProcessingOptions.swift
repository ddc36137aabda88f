/// How documents are processed.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 9.3, JsonLdOptions.
public struct ProcessingOptions: Sendable {
  /// The version that a document has to be of.
  public enum Mode: String, Sendable {
    /// JSON-LD 1.0, of which documents of 1.1 are refused.
    case jsonLD10 = "json-ld-1.0"
    /// JSON-LD 1.1.
    case jsonLD11 = "json-ld-1.1"
  }

  /// How the base direction of strings is put in RDF; nil leaves it out.
  public enum RDFDirection: String, Sendable {
    /// As a datatype of `https://www.w3.org/ns/i18n#` that names language and direction.
    case i18nDatatype = "i18n-datatype"
    /// As a blank node that has the text, the language and the direction.
    case compoundLiteral = "compound-literal"
  }

  /// The base IRI; nil is the document's own.
  public var base: String?

  /// Whether arrays of one element become that element when compacting.
  public var compactsArrays = true

  /// Whether IRIs become relative to the base when compacting.
  public var compactsToRelative = true

  /// The context with which a document is expanded before its own.
  public var expansionContext: JSON?

  /// The version that documents are processed as.
  public var mode = Mode.jsonLD11

  /// Whether members are processed in the order of their names rather than that of the document.
  public var isOrdered = false

  /// Whether blank nodes may be predicates.
  public var producesGeneralizedRDF = false

  /// How base directions become RDF; they are left out unless this is set.
  public var rdfDirection: RDFDirection?

  /// Whether numbers and truth values of RDF become those of JSON.
  public var usesNativeTypes = false

  /// Whether `rdf:type` stays a property like others instead of `@type`.
  public var usesRDFType = false

  /// What a document may cost.
  public var limits = Limits()

  /// The options that the standard has for defaults.
  public init() {}

  /// What a document may cost; whatever is larger is refused.
  public struct Limits: Sendable {
    /// How deep values may be in one another; what is over 512 counts as that.
    public var depth = 512

    /// How many bytes a text may have.
    public var byteCount = 1 << 30

    /// How many times the memory of its text a document and what is made of it may take: a few
    /// bytes may become an object of hundreds, or stand for an IRI of any length.
    public var memoryFactor = 40

    /// How many bytes of memory what is made of a document may take in any case, however short the
    /// document is.
    public var freeMemoryByteCount = 1 << 22

    /// How many contexts may be loaded for one document, those that others name included.
    public var remoteContextCount = 32

    /// Limits that hold for documents of everyday sizes.
    public init() {}

    /// The depth that the stack holds whatever was asked for.
    var boundedDepth: Int { min(depth, 512) }
  }
}
