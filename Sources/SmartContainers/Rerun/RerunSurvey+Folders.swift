import Archive
import Canonical
import DockerEngine

// Whether the folders of a recorded run are where they were.
extension RerunSurvey {
  /// The folders that the run mounted and that are gone: the engine would make empty ones.
  ///
  /// - Parameter body: the request that was recorded, with what was hidden.
  static func missingMounts(
    _ plan: RerunPlan, _ body: JSONValue, _ options: RerunOptions
  ) -> [String] {
    let mounts = BindMounts(plan.specification(body, options).host)
    let gone = Set(mounts.sources.map { ExactPath($0) }).filter { source in
      // An archive brings no folder that the run only wrote to.
      let isMade =
        options.folder != nil
        && plan.outputs.contains { options.path(now: $0.path).isBeneath(source.text) }
      return !isMade && InputComparison.isGone(source.text)
    }
    return gone.sorted().map(\.text)
  }
}
