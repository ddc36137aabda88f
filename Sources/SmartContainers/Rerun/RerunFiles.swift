import Canonical
import DockerEngine
import Glibc
import Provenance
import SystemPackage

/// The files of a run that is done again.
///
/// It blocks: it is for threads of their own.
struct RerunFiles: Sendable {
  let survey: RerunSurvey
  let options: RerunOptions

  /// Where inputs are put together that are not there as they were; nil when all are.
  let folder: StagingFolder?
  let comparison: InputComparison

  /// How the files get into the container and out of it; nil where none were declared.
  func transfer(
    copiesAll: Bool, cachePath: FilePath, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> FileTransfer? {
    let plan = survey.plan
    guard !plan.declaredInputs.isEmpty || !plan.declaredOutputs.isEmpty else { return nil }
    let mounts = plan.mounts(options)
    var placements: [FileTransfer.Placement] = []
    for (index, root) in plan.roots.enumerated() {
      let path = options.path(now: root.path)
      let inputs = survey.inputs.filter { $0.file.path.isBeneath(path) }
      let source =
        if Self.isAssembled(inputs, of: path), let folder {
          try assemble(inputs, of: root, at: folder.path.appending("\(index)").string)
        } else {
          path
        }
      placements.append(
        FileTransfer.Placement(
          hostPath: source, containerPath: root.containerPath, name: path))
    }
    let found = try files(of: placements, isCancelled)
    return try FileTransfer(
      declaredInputs: plan.declaredInputs.map { options.pattern(now: PathPattern(recorded: $0)) },
      outputs: plan.declaredOutputs(options), inputs: found.files,
      workingFolder: survey.body["WorkingDir"]?.string ?? "/",
      placing: placements.filter { mounts.containerPath(of: $0.name) == nil },
      histories: found.histories,
      copiesAll: copiesAll, cachePath: cachePath)
  }

  /// The inputs as they are now, by the names that the user has for them.
  private func files(
    of placements: [FileTransfer.Placement], _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> (files: [RunFile], histories: [String]) {
    let selection = try FileSelection(placements.map { PathPattern(path: $0.hostPath) })
    let files = try comparison.digester.files(of: selection, isCancelled: isCancelled) { $0 }
      .compactMap { found -> RunFile? in
        guard let place = placements.first(where: { found.hostPath.isBeneath($0.hostPath) }) else {
          return nil
        }
        var file = found
        file.hostPath = found.hostPath.moved(from: place.hostPath, to: place.name)
        file.containerPath = found.hostPath.moved(from: place.hostPath, to: place.containerPath)
        file.content.path = file.hostPath
        guard file.content.kind == .file else { return file }
        file.content.mediaType = MediaType.ofFile(
          named: FilePath(file.hostPath).lastComponent?.string ?? "")
        file.content.pointerPath =
          survey.plan.inputs.first { !$0.isFolder && $0.digest == file.content.digest }?
          .pointerPath
        return file
      }
    return (files, selection.histories)
  }

  /// Whether one of the inputs cannot be taken as it is.
  static func isAnyAssembled(_ survey: RerunSurvey, _ options: RerunOptions) -> Bool {
    survey.plan.roots.contains { root in
      let path = options.path(now: root.path)
      return isAssembled(survey.inputs.filter { $0.file.path.isBeneath(path) }, of: path)
    }
  }

  /// Whether an input cannot be taken as it is.
  private static func isAssembled(_ inputs: [RerunInput], of path: String) -> Bool {
    inputs.contains { $0.isTakenFromHistory || $0.isLeftOut }
      || InputComparison.kind(of: path) == nil
  }

  /// Puts an input together of what is there and of what the history keeps.
  private func assemble(
    _ inputs: [RerunInput], of root: RerunPlan.File, at target: String
  ) throws -> String {
    if root.isFolder { mkdir(target, 0o755) }
    for input in inputs where !input.isLeftOut {
      let place = input.file.path.moved(from: options.path(now: root.path), to: target)
      try FileCopy.make(
        at: place, isExecutable: input.file.isExecutable,
        of: input.isTakenFromHistory
          ? comparison.content.open(input.file)
          : FileDescriptor.open(
            FilePath(input.file.path), .readOnly, options: .closeOnExec))
    }
    return target
  }
}
