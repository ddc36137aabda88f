import Archive
import Canonical
import DockerEngine
import History
import Provenance
import SystemPackage

extension Client {
  /// Loads the images of an archive that was restored, and records that.
  ///
  /// - Returns: what was loaded, as the engine calls it.
  /// - Throws: `SmartContainersError` when one is not on the engine afterwards.
  public func loadImages(
    of archive: OfflineArchive, _ restored: RestoredArchive
  ) async throws -> [String] {
    guard !restored.images.isEmpty else { return [] }
    let origin = Location.file(host: hostID, path: archive.path.string)
    let loaded: [String]
    do {
      let stream = archive.imageStream()
      loaded = try await recordedEngine(OperationNotes(origin: origin)).loadImages(
        { try await stream.next() }, isQuiet: true, onEvent: { _ in })
    } catch let error as ArchiveError {
      throw OfflineArchive.explained(error, archive.path)
    }
    for image in restored.images where try await !isHere(image) {
      throw SmartContainersError(
        .failed, "the engine loaded the archive, and does not have the image \(image.identity)",
        hint: "It loaded \(loaded.joined(separator: ", ")); look at its log.")
    }
    return loaded
  }

  /// Whether the engine has an image, whatever it calls it.
  private func isHere(_ image: ArchiveReport.Image) async throws -> Bool {
    guard let identity = SHA256Digest(image.identity) else { return false }
    for name in [image.identity] + image.names {
      do {
        let found = ImageIdentity(try await engine.inspectImage(name))
        if found.isSame(as: identity, snapshot: image.layers) { return true }
      } catch let error as EngineError where error.code == .notFound {
        continue
      }
    }
    // An engine whose ids are not those of configurations, and an image without a name.
    for summary in try await engine.listImages(includesIntermediate: true) {
      let found = ImageIdentity(try await engine.inspectImage(summary.id))
      if found.isSame(as: identity, snapshot: image.layers) { return true }
    }
    return false
  }

  /// Creates the containers of an archive again, from its history; they are not started.
  ///
  /// - Parameters:
  ///   - values: what the history hides, by the names that `sc show --as run` gives it.
  ///   - allowsHostAccess: whether they may have of this host what they had of another.
  public func recreateContainers(
    of restored: RestoredArchive, supplying values: [String: String], allowsHostAccess: Bool
  ) async throws -> RecreatedContainers {
    let reader = HistoryReader(recorder.history)
    var all = RecreatedContainers()
    for container in restored.containers {
      let recipe = try await reader.recipe(for: container.id)
      do {
        _ = try await engine.inspectContainer(recipe.name)
        all.present.append(recipe.name)
        continue
      } catch let error as EngineError where error.code == .notFound {}
      let supplied = values.filter { name, _ in recipe.blanks.contains { $0.name == name } }
      let names = recipe.blanks.map(\.name)
      let grants =
        HostAccess(recipe.body, besides: nil).grants + names.map { "\($0) of your environment" }
      guard allowsHostAccess || grants.isEmpty else {
        all.refused.append((name: recipe.name, grants: grants))
        continue
      }
      let created = try await engine.createContainer(
        recipe.creation(supplying: supplied), name: recipe.name)
      for connection in try recipe.connections(supplying: supplied) {
        try await engine.connectNetwork(
          connection.network, container: created.id, endpoint: connection.endpoint)
      }
      all.made.append(recipe.name)
    }
    return all
  }
}

/// What became of the containers of an archive, by their names.
public struct RecreatedContainers: Sendable {
  public internal(set) var made: [String] = []

  /// Those whose names are taken.
  public internal(set) var present: [String] = []

  /// Those that would have of this host what is not allowed, and what that is.
  public internal(set) var refused: [(name: String, grants: [String])] = []
}

extension OfflineArchive {
  /// The images as `docker load` takes them, read from the archive as they are asked for.
  func imageStream() -> TarStream {
    let folder = "data/" + ImageManifest.folder
    return TarStream { [path, limits] (writer) throws(ArchiveError) in
      let reader = try PackageReader(path, limits: limits.package)
      while let member = try reader.next() {
        guard member.kind == .file, member.pathInFolder.hasPrefix(folder) else { continue }
        let name = Array(member.pathInFolder.utf8.dropFirst(folder.utf8.count))
        try writer.begin(
          TarEntry(path: name, kind: .file(size: member.size), mode: 0o644, modified: 0))
        while let chunk = try reader.chunk() { try writer.write(chunk) }
        try writer.end()
      }
    }
  }
}
