import Canonical

/// What became of an output.
public struct RerunOutput: Sendable, Hashable {
  /// How it compares.
  public enum State: String, Sendable, CaseIterable {
    case identical
    case different

    /// It was left then and not now.
    case missing

    /// It is left now and was not then.
    case extra
  }

  /// The path; nil for standard output and standard error.
  public let path: String?
  public let state: State

  /// What it was and what it is; nil where it is not.
  public let then: RerunPlan.Stream?
  public let now: RerunPlan.Stream?

  /// Where the first difference is, as far as the bytes of then are here: `line 3: "a", now "b"`.
  public let difference: String?

  init(
    path: String?, then: RerunPlan.Stream?, now: RerunPlan.Stream?, difference: String? = nil
  ) {
    self.path = path
    self.then = then
    self.now = now
    self.difference = difference
    state =
      switch (then, now) {
      case (nil, _): .extra
      case (_, nil): .missing
      case (let then?, let now?): then.digest == now.digest ? .identical : .different
      }
  }
}

/// What came of doing a run again.
public struct RerunResult: Sendable {
  /// What was found before.
  public let survey: RerunSurvey

  /// The activity that records the rerun.
  public let activity: ActivityID

  /// The files, by their paths.
  public let outputs: [RerunOutput]

  /// Nil where there was none, then and now.
  public let standardOutput: RerunOutput?

  /// It is told and does not count: warnings and progress go there.
  public let standardError: RerunOutput?

  /// Nil where nothing was piped in.
  public let standardInput: RerunOutput?
  public let exitCode: Int

  /// Whether the exit code, standard output and all files are what they were.
  public let isReproduced: Bool

  /// Whether it read what it read then.
  public var hasInputsOfThen: Bool {
    survey.hasInputsOfThen && standardInput.map { $0.state == .identical } ?? true
  }
}
