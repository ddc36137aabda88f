/// The error codes of JSON-LD 1.1.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 9.6.3, JsonLdErrorCode.
extension JSONLDError.Code {
  /// Two members of one object stand for the same keyword.
  public static let collidingKeywords = Self(rawValue: "colliding keywords")
  /// One node has two different values of `@index`.
  public static let conflictingIndexes = Self(rawValue: "conflicting indexes")
  /// Contexts include one another too often or too deep.
  public static let contextOverflow = Self(rawValue: "context overflow")
  /// Terms are defined by one another in a circle.
  public static let cyclicIRIMapping = Self(rawValue: "cyclic IRI mapping")
  /// An absolute IRI would be read as a compact one when written.
  public static let iriConfusedWithPrefix = Self(rawValue: "IRI confused with prefix")
  /// The value of `@id` is no string.
  public static let invalidIdValue = Self(rawValue: "invalid @id value")
  /// The value of `@import` is no string.
  public static let invalidImportValue = Self(rawValue: "invalid @import value")
  /// A value of `@included` is no node object.
  public static let invalidIncludedValue = Self(rawValue: "invalid @included value")
  /// The value of `@index` is no string.
  public static let invalidIndexValue = Self(rawValue: "invalid @index value")
  /// The value of `@nest` is no object, or holds a value object.
  public static let invalidNestValue = Self(rawValue: "invalid @nest value")
  /// The value of `@prefix` is neither true nor false.
  public static let invalidPrefixValue = Self(rawValue: "invalid @prefix value")
  /// The value of `@propagate` is neither true nor false.
  public static let invalidPropagateValue = Self(rawValue: "invalid @propagate value")
  /// The value of `@protected` is neither true nor false.
  public static let invalidProtectedValue = Self(rawValue: "invalid @protected value")
  /// The value of `@reverse` is no object.
  public static let invalidReverseValue = Self(rawValue: "invalid @reverse value")
  /// The value of `@version` is not 1.1.
  public static let invalidVersionValue = Self(rawValue: "invalid @version value")
  /// A base direction is neither `ltr`, `rtl` nor null.
  public static let invalidBaseDirection = Self(rawValue: "invalid base direction")
  /// The value of `@base` is no IRI, and relative to none.
  public static let invalidBaseIRI = Self(rawValue: "invalid base IRI")
  /// The value of `@container` is none that there is.
  public static let invalidContainerMapping = Self(rawValue: "invalid container mapping")
  /// A context has an entry that is not allowed there or in its version.
  public static let invalidContextEntry = Self(rawValue: "invalid context entry")
  /// A context would take protected terms away.
  public static let invalidContextNullification = Self(rawValue: "invalid context nullification")
  /// The value of `@language` in a context is neither a string nor null.
  public static let invalidDefaultLanguage = Self(rawValue: "invalid default language")
  /// What a term stands for is neither an IRI, a blank node nor a keyword.
  public static let invalidIRIMapping = Self(rawValue: "invalid IRI mapping")
  /// The text of a JSON literal is no JSON.
  public static let invalidJSONLiteral = Self(rawValue: "invalid JSON literal")
  /// A term would be an alias of `@context`.
  public static let invalidKeywordAlias = Self(rawValue: "invalid keyword alias")
  /// A value in a language map is no string.
  public static let invalidLanguageMapValue = Self(rawValue: "invalid language map value")
  /// The language of a term is neither a string nor null.
  public static let invalidLanguageMapping = Self(rawValue: "invalid language mapping")
  /// The value of `@language` is no string.
  public static let invalidLanguageTaggedString = Self(rawValue: "invalid language-tagged string")
  /// A value with a language is no string.
  public static let invalidLanguageTaggedValue = Self(rawValue: "invalid language-tagged value")
  /// A context is neither an object, an IRI nor null.
  public static let invalidLocalContext = Self(rawValue: "invalid local context")
  /// A document that is named as a context has none.
  public static let invalidRemoteContext = Self(rawValue: "invalid remote context")
  /// The definition of a reverse property has entries that it may not have.
  public static let invalidReverseProperty = Self(rawValue: "invalid reverse property")
  /// A keyword is among reverse properties.
  public static let invalidReversePropertyMap = Self(rawValue: "invalid reverse property map")
  /// A value of a reverse property is no node.
  public static let invalidReversePropertyValue = Self(rawValue: "invalid reverse property value")
  /// The context of a term is wrong.
  public static let invalidScopedContext = Self(rawValue: "invalid scoped context")
  /// A script element in HTML is no JSON-LD.
  public static let invalidScriptElement = Self(rawValue: "invalid script element")
  /// A set or list object has further members.
  public static let invalidSetOrListObject = Self(rawValue: "invalid set or list object")
  /// The definition of a term is wrong.
  public static let invalidTermDefinition = Self(rawValue: "invalid term definition")
  /// The type of a term is none.
  public static let invalidTypeMapping = Self(rawValue: "invalid type mapping")
  /// A value of `@type` is no string.
  public static let invalidTypeValue = Self(rawValue: "invalid type value")
  /// The type of a value is no IRI.
  public static let invalidTypedValue = Self(rawValue: "invalid typed value")
  /// A value object has further members.
  public static let invalidValueObject = Self(rawValue: "invalid value object")
  /// The value of `@value` is an array or an object.
  public static let invalidValueObjectValue = Self(rawValue: "invalid value object value")
  /// The value of `@vocab` is neither an IRI nor null.
  public static let invalidVocabMapping = Self(rawValue: "invalid vocab mapping")
  /// A keyword is defined as a term.
  public static let keywordRedefinition = Self(rawValue: "keyword redefinition")
  /// A document could not be loaded.
  public static let loadingDocumentFailed = Self(rawValue: "loading document failed")
  /// A context could not be loaded.
  public static let loadingRemoteContextFailed = Self(rawValue: "loading remote context failed")
  /// A response names several contexts.
  public static let multipleContextLinkHeaders = Self(rawValue: "multiple context link headers")
  /// A document of 1.1 is to be processed as 1.0.
  public static let processingModeConflict = Self(rawValue: "processing mode conflict")
  /// A protected term is defined anew.
  public static let protectedTermRedefinition = Self(rawValue: "protected term redefinition")

  // What only JSON-LD 1.0 has a code for.

  /// A property has several lists, and the only term for it holds one.
  ///
  /// Source: JSON-LD 1.0 Processing Algorithms and API, section 10.3, JsonLdErrorCode.
  public static let compactionToListOfLists = Self(rawValue: "compaction to list of lists")

  // What the standard leaves to implementations.

  /// A property has graphs that the only term for it cannot tell apart.
  public static let compactionToMixedGraphs = Self(rawValue: "compaction to mixed graphs")

  /// The text is no JSON.
  public static let invalidJSON = Self(rawValue: "invalid JSON")

  /// The document is deeper, longer or in some other way larger than the limits that were given.
  public static let limitExceeded = Self(rawValue: "limit exceeded")
}
