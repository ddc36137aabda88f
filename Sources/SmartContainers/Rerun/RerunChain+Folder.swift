import SystemPackage

// The folder of then that is another one now: its project was copied, moved, cloned or restored.
extension RerunChain {
  /// The folder of then whose files are in another one now.
  ///
  /// It is the innermost that all files and working folders of the runs had in common, unless more of
  /// the inputs are there by one that the files had in common, as archives are restored, or by that
  /// of the working folders alone, where files from elsewhere are still elsewhere.
  ///
  /// - Parameter folder: where the files are now, absolute.
  /// - Throws: `SmartContainersError` when the runs had no files.
  public func folder(now folder: FilePath) throws(SmartContainersError) -> FilePath {
    let inputs = plans.flatMap(\.roots).map(\.path)
    var best: (folder: String, count: Int)?
    for candidate in candidates {
      var options = RerunOptions()
      options.folder = (from: FilePath(candidate), to: folder)
      let count = inputs.count { InputComparison.kind(of: options.path(now: $0)) != nil }
      if let known = best, known.count >= count { continue }
      best = (folder: candidate, count: count)
    }
    guard let best else {
      throw SmartContainersError(
        .failed, "the runs have no files that could be in \(folder)",
        hint: "Nothing was run. Leave --in out.")
    }
    return FilePath(best.folder)
  }

  /// The innermost folder that all files and working folders had in common; nil without any.
  var commonFolder: String? { (fileFolders + workingFolders).commonFolder }

  private var fileFolders: [String] { plans.flatMap { $0.inputs + $0.outputs }.map(\.folder) }
  private var workingFolders: [String] { plans.compactMap(\.workingFolder) }

  /// The folders that may be meant, the likeliest first.
  private var candidates: [String] {
    var candidates = [commonFolder, fileFolders.commonFolder].compactMap { $0 }
    if let last = candidates.last {
      var around = FilePath(last)
      while around.removeLastComponent() { candidates.append(around.string) }
    }
    return candidates + [workingFolders.commonFolder].compactMap { $0 }
  }
}
