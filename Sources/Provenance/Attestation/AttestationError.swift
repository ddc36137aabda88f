/// An attestation that cannot be made, or be read.
package struct AttestationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  package enum Code: Sendable {
    /// Of activities of that kind nothing is attested.
    case kind
    /// The activity failed, or nobody knows whether it did.
    case outcome
    /// The activity made nothing that a digest identifies.
    case nothingMade
    /// The bytes are no attestation.
    case malformed
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
