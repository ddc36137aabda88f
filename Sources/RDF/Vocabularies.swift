/// Terms of `http://www.w3.org/1999/02/22-rdf-syntax-ns#`.
///
/// Source: RDF Schema 1.1, section 5.
public enum RDFVocabulary {
  public static let namespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  public static let type = namespace + "type"
  public static let first = namespace + "first"
  public static let rest = namespace + "rest"
  public static let `nil` = namespace + "nil"
  public static let list = namespace + "List"
  public static let langString = namespace + "langString"
  public static let json = namespace + "JSON"
  public static let value = namespace + "value"
  public static let language = namespace + "language"
  public static let direction = namespace + "direction"
}

/// Datatypes of `http://www.w3.org/2001/XMLSchema#`.
///
/// Source: XML Schema Definition Language 1.1, part 2.
public enum XSD {
  public static let namespace = "http://www.w3.org/2001/XMLSchema#"
  public static let string = namespace + "string"
  public static let boolean = namespace + "boolean"
  public static let integer = namespace + "integer"
  public static let double = namespace + "double"
}
