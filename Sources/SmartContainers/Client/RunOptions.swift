import DockerEngine

/// How a container is run.
public struct RunOptions: Sendable {
  /// The container's name; nil lets the engine choose.
  public var name: String?
  public var platform: String?

  /// Whether the container is removed when it has ended, with its anonymous volumes.
  public var removes = false

  /// Whether it goes on in the background.
  public var detaches = false

  /// Whether the image is pulled before; that is a part of the run.
  public var pulling = ImagePulling(.never)

  /// The files that go in and come out.
  public var files = RunFiles()

  /// Which of its outputs are passed on.
  public var attachment = AttachOptions()

  public init() {}
}

/// What came of a run.
public struct RunResult: Sendable {
  public let containerID: String

  /// The exit code of the container; nil when it goes on in the background.
  public let exitCode: Int?

  /// The outputs that were declared and that it did not leave.
  public let missingOutputs: [String]
}

/// A run that never got to the command in the container.
public struct RunFailure: Error {
  /// Which step failed.
  public enum Step: Sendable {
    case create
    case start
  }

  public let step: Step
  public let cause: any Error
}
