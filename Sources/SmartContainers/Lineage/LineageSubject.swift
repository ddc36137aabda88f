import Canonical
import SystemPackage

/// What the lineage of is asked for.
public struct LineageSubject: Sendable {
  /// A file or a folder of this machine.
  public struct File: Sendable {
    /// Absolute, because so it is recorded.
    public let path: FilePath

    /// Of its bytes; nil for a folder, and for what is not there.
    public let digest: SHA256Digest?
    public let isThere: Bool

    public init(path: FilePath, digest: SHA256Digest?, isThere: Bool = true) {
      self.path = path
      self.digest = digest
      self.isThere = isThere
    }
  }

  /// What the user wrote.
  public let word: String

  /// The file that the word means, if it means one.
  public let file: File?

  /// Whether the word can mean nothing but a path: `./web`.
  public let isPath: Bool

  public init(word: String, file: File? = nil, isPath: Bool = false) {
    self.word = word
    self.file = file
    self.isPath = isPath
  }
}
