import Canonical

/// One step of a build as BuildKit tells it, each time that something about it changed.
public struct BuildStep: Sendable, Hashable {
  /// What names it within its build.
  public var digest: String

  /// `[build 2/3] RUN make`.
  public var name: String

  /// Whether its result was there already.
  public var isCached = false

  /// Nil while it waits.
  public var startedAt: Timestamp?

  /// Nil while it is under way.
  public var endedAt: Timestamp?

  /// Why it failed; nil when it did not.
  public var error: String?

  public init(digest: String, name: String) {
    self.digest = digest
    self.name = name
  }
}

/// How far one part of a step is: a layer that is pulled, an image that is written.
public struct BuildStepProgress: Sendable, Hashable {
  /// The step, by its digest.
  public var step: String

  /// `extracting sha256:…`.
  public var part: String
  public var current: Int64 = 0

  /// 0 where it is not known.
  public var total: Int64 = 0
  public var startedAt: Timestamp?
  public var endedAt: Timestamp?

  public init(step: String, part: String) {
    self.step = step
    self.part = part
  }
}

/// What the command of a step wrote.
public struct BuildStepOutput: Sendable, Hashable {
  /// The step, by its digest.
  public var step: String
  public var bytes: [UInt8]
  public var writtenAt: Timestamp?

  public init(step: String, bytes: [UInt8], writtenAt: Timestamp? = nil) {
    self.step = step
    self.bytes = bytes
    self.writtenAt = writtenAt
  }
}
