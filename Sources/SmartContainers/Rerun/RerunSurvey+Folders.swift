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

  /// The files that the run would replace although it seems to be about others: those of the project
  /// of which this one is a copy.
  ///
  /// - Parameter project: the folder that holds the history.
  static func replaced(
    _ plan: RerunPlan, _ options: RerunOptions, outside project: String
  ) -> [String] {
    guard options.folder == nil,
      !plan.belongs(to: project, or: options.workingFolder?.string)
    else { return [] }
    let mounts = plan.mounts(options)
    return plan.outputs.filter { !$0.isFolder }.map(\.path).filter { path in
      // What is beneath a mount is written by the run itself.
      let isWritten = !options.verifies || mounts.containerPath(of: path) != nil
      return isWritten && !path.isBeneath(project) && InputComparison.kind(of: path) != nil
    }
  }

  /// That the run reads files of the project of which this one is a copy.
  static func strangers(
    _ plan: RerunPlan, _ options: RerunOptions, _ inputs: [RerunInput], outside project: String
  ) -> [String] {
    guard options.folder == nil, !plan.belongs(to: project, or: options.workingFolder?.string),
      let path = inputs.lazy.map(\.file.path).first(where: { !$0.isBeneath(project) })
    else { return [] }
    return ["\(path) is of another folder than this history; --in . takes the files of this one"]
  }

  /// What to do where what is missing or would be replaced is not of this project.
  static func hint(
    _ plan: RerunPlan, _ options: RerunOptions, _ missing: [String], _ replaced: [String],
    outside project: String
  ) -> String? {
    guard options.folder == nil else { return nil }
    if !replaced.isEmpty {
      let folder = options.originalFolder ?? RerunChain(of: plan).commonFolder ?? "/"
      return "--in . does it with the files of this folder, --in \(folder) with those of then."
    }
    guard missing.contains(where: { !$0.isBeneath(project) }) else { return nil }
    return "Where the files are in another folder now, --in FOLDER names it: --in . is this one."
  }
}
