import Archive
import Canonical
import DockerEngine
import Glibc
import SystemPackage

/// One declared output on its way from a container that has ended to its place here.
struct OutputCopy {
  /// A file or folder that is here and does not have its name yet.
  struct Arrival: Sendable {
    /// With the path that it will have.
    let file: RunFile

    /// The path that it has.
    let path: String
  }

  private let output: FileTransfer.Output
  private let container: String
  private let engine: EngineClient

  init(_ output: FileTransfer.Output, from container: String, _ engine: EngineClient) {
    self.output = output
    self.container = container
    self.engine = engine
  }

  /// Copies what there is, and returns it; nothing when nothing is there.
  ///
  /// What arrives replaces files of the same names, each as a whole; what else is in a folder stays,
  /// and is no output.
  ///
  /// - Parameters:
  ///   - stagingParent: the folder in which it arrives; nil for the one that it is to be in.
  ///   - arrival: called with what is here before it gets its names; whether it is to get them.
  func files(
    stagingIn stagingParent: FilePath? = nil,
    _ arrival: @escaping @Sendable ([Arrival]) throws -> Bool
  ) async throws -> [RunFile] {
    let (here, there) = (output.pattern, output.containerPattern)
    var found = try await place(of: there.literal)
    let isWhole = found != nil
    if found == nil, there.isPattern { found = try await place(of: there.folder) }
    guard let found else { return [] }
    // What a pattern means is in a folder, and what is meant by a path is called by its last part.
    let parent =
      isWhole ? FilePath(here.literal).removingLastComponent() : FilePath(here.folder)
    let parentThere =
      isWhole ? FilePath(there.literal).removingLastComponent() : FilePath(there.folder)
    let name = isWhole ? FilePath(here.literal).lastComponent?.string ?? "" : ""
    let staging = try StagingFolder(
      in: stagingParent ?? parent,
      hint: "The container has its outputs still; sc container cp takes them elsewhere.")
    defer { staging.remove() }
    // Without a file for a member, it is what lies in the folder that is taken.
    let base = isWhole ? FilePath(here.literal) : parent
    let extraction = try TarExtraction(into: staging.path, as: name) { member in
      (isWhole || there.matches(inFolder: member))
        && !FileSelection.isInHistory(base.pushing(FilePath(member)).string)
    }
    try await engine.archive(of: container, path: found) { _, body in
      try await extraction.extract(body)
      // The engine keeps the container locked until the archive is read to its end.
      for try await _ in body {}
    }
    return try await BlockingWork.run(cancellable: { isCancelled in
      let selection = try FileSelection(staged: staging.names(), in: staging.path)
      let arrivals = try FileDigester(cachePath: nil).files(
        of: selection, isCancelled: isCancelled
      ) { $0 }.map { staged in
        var file = staged
        let place = { (folder: FilePath) in
          staged.hostPath.moved(from: staging.path.string, to: folder.string)
        }
        file.hostPath = place(parent)
        file.containerPath = place(parentThere)
        file.content.path = file.hostPath
        return Arrival(file: file, path: staged.hostPath)
      }
      let isTaken = try arrival(arrivals)
      if isTaken { try staging.moveAll(to: parent) }
      return arrivals.map { arrival in
        var file = arrival.file
        file.isDiscarded = !isTaken
        return file
      }
    })
  }

  /// Where a path of the container leads to; nil for nowhere.
  private func place(of path: String) async throws -> String? {
    var path = path
    // An engine tells a link as itself.
    for _ in 0..<40 {
      let stat: PathStat
      do {
        stat = try await engine.pathStat(in: container, at: path)
      } catch let error as EngineError where error.code == .notFound {
        return nil
      }
      guard stat.isSymbolicLink else { return path }
      let folder = FilePath(path).removingLastComponent()
      path = folder.pushing(FilePath(stat.linkTarget)).lexicallyNormalized().string
    }
    return nil
  }
}
