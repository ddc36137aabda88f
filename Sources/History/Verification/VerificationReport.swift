import Git

/// What came of verifying a history.
package struct VerificationReport: Sendable, Equatable {
  /// Something that is not as it should be.
  package struct Finding: Sendable, Equatable {
    /// Where: a commit, a path in a commit, or a file of the repository.
    package let place: String
    package let message: String

    package init(place: String, message: String) {
      self.place = place
      self.message = message
    }
  }

  /// What was looked at.
  package var commits = 0
  package var objects = 0
  package var activities = 0
  package var largeContents = 0

  /// Large content that the history refers to and whose bytes are not here.
  package var absentContents = 0

  /// The commits by what became of their signatures.
  package var signed = 0
  package var unsigned = 0
  package var unknownSigners = 0

  package var findings: [Finding] = []

  package init() {}
}

/// What a history is held against.
package struct VerificationPolicy: Sendable {
  /// The commit up to which all is known to be good; nil for the beginning.
  package var since: CommitID?

  package var verifier: GitVerifier

  /// Whether a commit that nobody signed, or nobody known, is a finding.
  package var requiresSignatures = false

  package init(verifier: GitVerifier) { self.verifier = verifier }
}
