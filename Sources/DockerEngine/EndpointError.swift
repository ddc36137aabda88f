/// Why it cannot be said where the engine listens.
package struct EndpointError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure that a user can act on, each in its own way.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// A host and a context were both asked for.
    package static let conflict = Code(rawValue: "conflict")
    /// The address is none.
    package static let address = Code(rawValue: "address")
    /// The address is of a kind that is not spoken.
    package static let unsupported = Code(rawValue: "unsupported")
    /// There is no context of that name.
    package static let unknownContext = Code(rawValue: "unknownContext")
    /// A configuration file cannot be read or is no JSON of the expected shape.
    package static let configuration = Code(rawValue: "configuration")
    /// TLS is asked for and its files are not there.
    package static let certificateFile = Code(rawValue: "certificateFile")
    /// `DOCKER_API_VERSION` is no version.
    package static let apiVersion = Code(rawValue: "apiVersion")
  }

  /// The kind of failure.
  package let code: Code

  /// What is wrong, in one sentence without a full stop.
  package let message: String

  /// What to do next, in the same form.
  package let hint: String

  package init(_ code: Code, _ message: String, hint: String) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  package var description: String { "\(message); \(hint)" }
}
