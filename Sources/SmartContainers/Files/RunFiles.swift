/// The files that go into a run and those that come out of it, as the user declares them.
///
/// A run sees the inputs under their own absolute paths, read-only, and begins in the working folder
/// of its user; of what it writes there the outputs come out. What is beneath a bind mount of the
/// run's own is where that mount puts it.
public struct RunFiles: Sendable, Equatable {
  /// Paths and patterns (glob(7)) of files and folders; relative ones begin at the working folder.
  public var inputs: [String] = []

  /// Paths and patterns of what the run is to leave.
  public var outputs: [String] = []

  /// Whether the bytes of the inputs are kept in the history.
  public var keepsInputs = false

  /// Whether the bytes of the outputs are kept in the history.
  public var keepsOutputs = false

  /// Whether inputs are copied into the container also where they could be mounted.
  public var copiesInputs = false

  public init() {}

  /// Whether nothing was declared.
  public var isEmpty: Bool { inputs.isEmpty && outputs.isEmpty }
}
