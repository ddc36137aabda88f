import Canonical
import SystemPackage

// The folder that the user of a recorded run was in.
extension RerunPlan {
  /// Where it was, by a file that was in it; nil where none tells: a container may begin elsewhere.
  var workingFolder: String? {
    let there = FilePath(body["WorkingDir"]?.string ?? "").string
    guard !["", "/"].contains(there) else { return nil }
    for file in inputs + outputs where file.containerPath.isBeneath(there) {
      // The container may have had the folder by another name.
      let rest = file.containerPath.path(after: there.utf8.count).utf8
      guard file.path.utf8.count > rest.count,
        file.path.utf8.reversed().starts(with: rest.reversed())
      else { continue }
      return String(Substring(file.path.utf8.dropLast(rest.count)))
    }
    return nil
  }

  /// Whether the run is that of a folder's own, as far as its record tells.
  ///
  /// - Parameters:
  ///   - project: the folder that holds the history.
  ///   - here: the folder that the user is in now; nil where nobody knows.
  func belongs(to project: String, or here: String?) -> Bool {
    let files = (inputs + outputs).map(\.path)
    let places =
      workingFolder.map { [$0] } ?? [body["WorkingDir"]?.string].compactMap { $0 } + files
    return places.contains { place in
      place.isBeneath(project) || here.map { place.isPath($0) } ?? false
    }
  }
}

extension RerunPlan.File {
  /// The folder that it is in, or is.
  var folder: String {
    isFolder ? path : FilePath(path).removingLastComponent().string
  }
}
