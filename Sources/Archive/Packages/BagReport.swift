import Canonical

/// What was found in a bag.
package struct BagReport: Sendable {
  /// One file of a bag.
  package struct File: Sendable {
    package let size: Int64

    /// nil when only other digests were wanted.
    package let sha256: SHA256Digest?
  }

  /// The folder of the bag.
  package let folder: String

  /// The version of `bagit.txt`, such as `1.0`; nil when there is none.
  package let version: String?

  /// What `bag-info.txt` says.
  package let info: [BagInfo.Field]

  /// Every file, by its path in the bag.
  package let files: [String: File]

  /// What is wrong, in the order of the members' names.
  package let problems: [BagProblem]

  /// Whether every file is there, is what a manifest says, and nothing else is.
  package var isValid: Bool { problems.allSatisfy(\.isWarning) }

  /// Whether there is not even anything to warn of, as of a bag that this program wrote.
  package var isFlawless: Bool { problems.isEmpty }
}
