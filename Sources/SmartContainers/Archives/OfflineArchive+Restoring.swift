import Archive
import Canonical
import Glibc
import History
import Provenance
import SystemPackage

extension OfflineArchive {
  /// Verifies the archive, places its inputs in a folder, and makes or joins the history there.
  ///
  /// An input goes where it was, seen from the folder that all files of the runs had in common.
  ///
  /// - Parameters:
  ///   - folder: absolute; made where it is missing.
  ///   - replaces: whether files that are there and other ones are replaced.
  /// - Throws: `SmartContainersError` before anything is placed when the archive is not intact or a
  ///   file is in the way.
  public func restore(
    into folder: FilePath, replaces: Bool = false,
    onProgress: @escaping @Sendable (Int64) -> Void = { _ in }
  ) async throws -> RestoredArchive {
    try await inspect(nil, false, onProgress) { inspection, report in
      guard report.isIntact, let index = inspection.index, let bag = inspection.bag,
        let history = inspection.history
      else {
        let problems = report.problems.prefix(3).joined(separator: "; ")
        throw SmartContainersError(
          .failed, "the archive is not intact: \(problems)",
          hint: "Nothing was placed. sc archive verify tells all of it.")
      }
      let files = try RestoredFiles(index, into: folder)
      try files.check(replaces: replaces, inspection.isCancelled)
      return (index, bag, history.path, files)
    } then: { found in
      let (index, bag, bundle, files) = found
      var places = places
      places.workingFolder = folder
      // First the history: where it cannot be had, nothing is placed.
      try Self.make(folder)
      let joined = try await join(bundle, places)
      let placed = try await BlockingWork.run(cancellable: { [path, limits] isCancelled in
        try files.place(from: path, bag, limits.package, isCancelled)
      })
      try await BlockingWork.run(cancellable: { [path, limits] isCancelled in
        try files.keepContents(
          of: path, limits.package, in: ContentStore(ofRepositoryAt: folder.appending(".sc")),
          isCancelled)
      })
      return RestoredArchive(
        originalFolder: files.originalFolder, placed: placed, unplaced: files.unplaced,
        history: joined,
        activities: index.runs.map(\.activity), images: index.images.map(ArchiveReport.Image.init),
        containers: index.configured.map { .init(id: $0.id, name: $0.name) })
    }
  }

  /// Makes the folder where it is missing.
  private static func make(_ folder: FilePath) throws {
    try StagingFolder(in: folder, hint: "Restore into another folder with --into.").remove()
  }

  /// Makes the history of the folder that of the archive, or joins it into the one that is there.
  private func join(_ bundle: FilePath, _ places: ClientPlaces) async throws -> String {
    let path = places.workingFolder.appending(HistoryLocation.name)
    guard HistoryLocation.isTaken(path) else {
      let (store, _) = try await HistoryStore.clone(bundle.string, to: path, as: "archive", places)
      try await store.removeRemote("archive")
      return "cloned"
    }
    var places = places
    places.explicitHistory = path
    let store = try await HistoryStore.open(places)
    let name = "archive-\(getpid())"
    try await store.addRemote(name, at: bundle.string, places)
    do {
      let (_, _, result) = try await Sharing(store, places).pull(name, branch: "main")
      try await store.removeRemote(name)
      if case .upToDate? = result { return "up to date" }
      return "joined"
    } catch {
      try? await store.removeRemote(name)
      throw error
    }
  }
}
