/// Terms of `http://www.w3.org/1999/02/22-rdf-syntax-ns#`.
///
/// Each is one constant text, which costs no memory and no reference counting where it is copied.
///
/// Source: RDF Schema 1.1, section 5.
public enum RDFVocabulary {
  /// What the IRIs of the vocabulary begin with.
  public static let namespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  /// What a node is an instance of.
  public static let type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
  /// The element of a list's cell.
  public static let first = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
  /// What follows a list's cell.
  public static let rest = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
  /// The list without elements.
  public static let `nil` = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"
  /// The class of lists.
  public static let list = "http://www.w3.org/1999/02/22-rdf-syntax-ns#List"
  /// The datatype of strings with a language.
  public static let langString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
  /// The datatype of JSON literals.
  public static let json = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
  /// The text of a compound literal.
  public static let value = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
  /// The language of a compound literal.
  public static let language = "http://www.w3.org/1999/02/22-rdf-syntax-ns#language"
  /// The base direction of a compound literal.
  public static let direction = "http://www.w3.org/1999/02/22-rdf-syntax-ns#direction"
}

/// Datatypes of `http://www.w3.org/2001/XMLSchema#`.
///
/// Source: XML Schema Definition Language 1.1, part 2.
public enum XSD {
  /// What the IRIs of the vocabulary begin with.
  public static let namespace = "http://www.w3.org/2001/XMLSchema#"
  /// Text.
  public static let string = "http://www.w3.org/2001/XMLSchema#string"
  /// `true` and `false`.
  public static let boolean = "http://www.w3.org/2001/XMLSchema#boolean"
  /// Whole numbers of any size.
  public static let integer = "http://www.w3.org/2001/XMLSchema#integer"
  /// Decimal numbers of any size.
  public static let decimal = "http://www.w3.org/2001/XMLSchema#decimal"
  /// Numbers of 64 bits of floating point.
  public static let double = "http://www.w3.org/2001/XMLSchema#double"
}
