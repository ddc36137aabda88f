/// Why a text could not be read as RDF, or RDF could not be written or canonicalized.
public struct RDFError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of error it is; others may be added.
  public struct Code: Sendable, Hashable, RawRepresentable {
    /// The code as words, which stay the same.
    public let rawValue: String

    /// The code of the words.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The text does not follow the grammar.
    public static let syntax = Self(rawValue: "syntax")

    /// The text is no UTF-8.
    public static let invalidUTF8 = Self(rawValue: "invalid UTF-8")

    /// An escape is none, or stands for no character.
    public static let invalidEscape = Self(rawValue: "invalid escape")

    /// An IRI is relative, or has a character that no IRI has.
    public static let invalidIRI = Self(rawValue: "invalid IRI")

    /// A language tag is not formed as they are.
    public static let invalidLanguageTag = Self(rawValue: "invalid language tag")

    /// The label of a blank node has a character that none has there.
    public static let invalidBlankNodeLabel = Self(rawValue: "invalid blank node label")

    /// The prefix of a name is none, or its namespace is no IRI.
    public static let invalidPrefix = Self(rawValue: "invalid prefix")

    /// A term is where terms of its kind may not be.
    public static let misplacedTerm = Self(rawValue: "misplaced term")

    /// A named graph, in a format that has the default graph only.
    public static let unexpectedGraph = Self(rawValue: "unexpected graph")

    /// It would take more steps, or more memory, than the limits allow.
    public static let limitExceeded = Self(rawValue: "limit exceeded")
  }

  /// What kind of error it is.
  public let code: Code

  /// What is wrong, a sentence without the line.
  public let message: String

  /// The line of the text, counted from 1; nil where there is no text.
  public internal(set) var line: Int?

  /// An error, in a line where it is about text.
  public init(_ code: Code, _ message: String, line: Int? = nil) {
    self.code = code
    self.message = message
    self.line = line
  }

  /// The code, the line and the message.
  public var description: String {
    line.map { "\(code.rawValue) on line \($0): \(message)" } ?? "\(code.rawValue): \(message)"
  }
}
