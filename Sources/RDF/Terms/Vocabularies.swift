/// Terms of `http://www.w3.org/1999/02/22-rdf-syntax-ns#`.
///
/// Each is one constant text, which costs no memory and no reference counting where it is copied.
///
/// Source: RDF Schema 1.1, section 5.
public enum RDFVocabulary {
  public static let namespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  public static let type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
  public static let first = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
  public static let rest = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
  public static let `nil` = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"
  public static let list = "http://www.w3.org/1999/02/22-rdf-syntax-ns#List"
  public static let langString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
  public static let json = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
  public static let value = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
  public static let language = "http://www.w3.org/1999/02/22-rdf-syntax-ns#language"
  public static let direction = "http://www.w3.org/1999/02/22-rdf-syntax-ns#direction"
}

/// Datatypes of `http://www.w3.org/2001/XMLSchema#`.
///
/// Source: XML Schema Definition Language 1.1, part 2.
public enum XSD {
  public static let namespace = "http://www.w3.org/2001/XMLSchema#"
  public static let string = "http://www.w3.org/2001/XMLSchema#string"
  public static let boolean = "http://www.w3.org/2001/XMLSchema#boolean"
  public static let integer = "http://www.w3.org/2001/XMLSchema#integer"
  public static let decimal = "http://www.w3.org/2001/XMLSchema#decimal"
  public static let double = "http://www.w3.org/2001/XMLSchema#double"
}
