/// Why a remote could not be spoken to.
package struct GitRemoteError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure that a user can act on.
  package struct Code: RawRepresentable, Sendable, Hashable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// It is no address that could be asked.
    package static let address = Code(rawValue: "address")
    /// Nobody answers there.
    package static let unreachable = Code(rawValue: "unreachable")
    /// It wants other credentials.
    package static let authentication = Code(rawValue: "authentication")
    /// Its certificate is not trusted.
    package static let untrusted = Code(rawValue: "untrusted")
    /// There is no repository.
    package static let notFound = Code(rawValue: "notFound")
    /// It was silent for longer than is waited for.
    package static let silent = Code(rawValue: "silent")
    /// It hung up in the middle.
    package static let cutShort = Code(rawValue: "cutShort")
    /// It sends more than is taken.
    package static let tooLarge = Code(rawValue: "tooLarge")
    /// The disk here is full.
    package static let noSpace = Code(rawValue: "noSpace")
    /// A program that is needed to reach it is missing.
    package static let missingProgram = Code(rawValue: "missingProgram")
    /// It said no, or something that makes no sense.
    package static let refused = Code(rawValue: "refused")
    /// The task was cancelled.
    package static let cancelled = Code(rawValue: "cancelled")
  }

  package let code: Code

  /// What happened, in one sentence without a full stop, without any password.
  package let message: String

  /// The other side's own words, where they say more.
  package let said: String?

  package init(_ code: Code, _ message: String, said: String? = nil) {
    self.code = code
    self.message = message
    self.said = said.flatMap { $0.isEmpty ? nil : $0 }
  }

  package var description: String { said.map { "\(message): \($0)" } ?? message }
}
