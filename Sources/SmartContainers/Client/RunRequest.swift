import Canonical
import DockerEngine
import Provenance
import SystemPackage

/// A run that is about to be performed and recorded: of `sc run`, or one that is done again.
struct RunRequest: Sendable {
  var operation = CompositeOperation.run

  /// With what is mounted of the files.
  var specification: ContainerSpecification
  var options: RunOptions
  var files: FileTransfer?

  /// The activity that is done again.
  var repeated: ActivityID?

  /// Where the outputs arrive; nil for the folders that they are to be in.
  var staging: FilePath?

  /// Called with each output that is here and does not have its name yet; whether it gets it.
  var arrival: @Sendable ([OutputCopy.Arrival]) throws -> Bool = { _ in true }

  /// Whether the user wanted its end before it came: then nothing is taken out, and it has failed.
  var isInterrupted: @Sendable () -> Bool = { false }

  /// Whether what was done again came out as before; nil where nobody compares.
  var verdict: @Sendable (RunEnd) -> Bool? = { _ in nil }

  init(
    specification: ContainerSpecification, options: RunOptions, files: FileTransfer?
  ) {
    self.specification = specification
    self.options = options
    self.files = files
  }
}

/// How a run ended.
struct RunEnd: Sendable {
  var containerID: String

  /// The activity that records it.
  var activity: ActivityID

  /// Nil when it goes on without us.
  var exitCode: Int?
  var outputs: [RunFile] = []

  /// The outputs that were declared and are not there.
  var missing: [PathPattern] = []

  /// What the process read and wrote.
  var streams: [Content] = []

  init(containerID: String, activity: ActivityID) {
    self.containerID = containerID
    self.activity = activity
  }
}
