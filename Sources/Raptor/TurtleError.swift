/// Why a text could not be read as Turtle.
package struct TurtleError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  package enum Code: Sendable {
    /// libraptor2 is not installed, or not the version that is needed.
    case missingLibrary
    /// The text does not follow the grammar, or names something that is no IRI.
    case syntax
    /// There is more in it than the limits allow.
    case limitExceeded
    /// libraptor2 fails otherwise.
    case library
  }

  package let code: Code

  /// What is wrong, in a sentence without a full stop.
  package let message: String

  /// The line of the text, counted from 1; nil where none is to blame.
  package let line: Int?

  init(_ code: Code, _ message: String, line: Int? = nil) {
    self.code = code
    self.message = message
    self.line = line
  }

  package var description: String { (line.map { "line \($0): " } ?? "") + message }
}
