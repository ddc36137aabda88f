/// A command line that makes no sense.
package struct ArgumentError: Error, Equatable, CustomStringConvertible {
  /// What is wrong: `unknown option '--nosuch'`.
  package let message: String

  /// The command whose help says how it should be: `["container", "create"]`.
  package var path: [String]

  package init(_ message: String, path: [String] = []) {
    self.message = message
    self.path = path
  }

  package var description: String { message }
}
