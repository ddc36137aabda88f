import Canonical

extension RerunSurvey {
  /// The survey for scripts; its members do not change.
  public var json: JSONValue {
    JournalObject.make([
      ("activity", .string(plan.activity.description)),
      ("command", JournalObject.strings(plan.command)), ("image", imageJSON),
      ("inputs", .array(inputs.map(\.json))),
      (
        "outputs",
        .array(
          plan.outputs.map { file in
            ["path": .string(file.path), "digest": .string(file.digest.description)]
          })
      ),
      (
        "hidden",
        .array(
          hidden.map { value in
            JournalObject.make([
              ("place", .string(value.place)), ("name", value.name.map { .string($0) }),
              ("state", .string(value.state.rawValue)),
            ])
          })
      ),
      (
        "standardInput", plan.standardInput.map { .string($0.digest.description) }
      ),
      ("obstacles", JournalObject.strings(obstacles)), ("notes", JournalObject.strings(notes)),
    ])
  }

  private var imageJSON: JSONValue {
    let (state, reference): (String, String?) =
      switch image {
      case .here(let name): ("here", name)
      case .similar(let name): ("similar", name)
      case .pullable(let name): ("pullable", name)
      case .absent: ("absent", nil)
      case .unknown: ("unknown", nil)
      }
    return JournalObject.make([
      ("identity", .string(plan.image.identity.description)),
      ("names", JournalObject.strings(plan.image.names)), ("state", .string(state)),
      ("reference", reference.map { .string($0) }),
    ])
  }
}

extension RerunInput {
  fileprivate var json: JSONValue {
    let (word, now): (String, SHA256Digest?) =
      switch state {
      case .same: ("same", file.digest)
      case .changed(let now): ("changed", now)
      case .added(let now): ("added", now)
      case .missing: ("missing", nil)
      }
    return JournalObject.make([
      ("path", .string(file.path)), ("state", .string(word)),
      ("then", word == "added" ? nil : .string(file.digest.description)),
      ("now", now.map { .string($0.description) }), ("isKept", .bool(isKept)),
      ("isTakenFromHistory", .bool(isTakenFromHistory)),
      ("madeAgainBy", madeAgainBy.map { .string($0.description) }),
    ])
  }
}

extension RerunResult {
  /// The result for scripts; its members do not change.
  public var json: JSONValue {
    JournalObject.make([
      ("activity", .string(activity.description)),
      ("repeats", .string(survey.plan.activity.description)),
      ("isReproduced", .bool(isReproduced)), ("hasInputsOfThen", .bool(hasInputsOfThen)),
      (
        "exitCode",
        ["then": .integer(Int64(survey.plan.exitCode)), "now": .integer(Int64(exitCode))]
      ),
      ("outputs", .array(outputs.map(\.json))), ("standardOutput", standardOutput?.json),
      ("standardError", standardError?.json), ("standardInput", standardInput?.json),
      ("survey", survey.json),
    ])
  }
}

extension RerunOutput {
  fileprivate var json: JSONValue {
    JournalObject.make([
      ("path", path.map { .string($0) }), ("state", .string(state.rawValue)),
      ("then", then?.json), ("now", now?.json), ("difference", difference.map { .string($0) }),
    ])
  }
}

extension RerunPlan.Stream {
  fileprivate var json: JSONValue {
    JournalObject.make([
      ("digest", .string(digest.description)), ("byteCount", byteCount.map { .integer($0) }),
    ])
  }
}
