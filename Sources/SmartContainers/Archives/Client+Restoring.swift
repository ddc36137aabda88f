import Archive
import Canonical
import DockerEngine
import History
import Provenance
import SystemPackage

extension Client {
  /// Loads the images of an archive that was restored, names them as they were where nothing else has
  /// the name, and records that.
  ///
  /// - Throws: `SmartContainersError` when one is not on the engine afterwards.
  public func loadImages(
    of archive: OfflineArchive, _ restored: RestoredArchive
  ) async throws -> LoadedImages {
    var all = LoadedImages()
    guard !restored.images.isEmpty else { return all }
    let origin = Location.file(host: hostID, path: archive.path.string)
    let loaded: [String]
    do {
      let stream = archive.imageStream()
      loaded = try await recordedEngine(OperationNotes(origin: origin)).loadImages(
        { try await stream.next() }, isQuiet: true, onEvent: { _ in })
    } catch let error as ArchiveError {
      throw OfflineArchive.explained(error, archive.path)
    }
    for image in restored.images {
      guard let id = try await find(image) else {
        throw SmartContainersError(
          .failed, "the engine loaded the archive, and does not have the image \(image.identity)",
          hint: "It loaded \(loaded.joined(separator: ", ")); look at its log.")
      }
      if image.names.isEmpty { all.names.append(id) }
      for name in image.names {
        if try await self.name(id, name) {
          all.names.append(name)
        } else {
          all.taken.append((name: name, id: id))
        }
      }
    }
    return all
  }

  /// Gives an image a name; whether it has it, because nothing else had.
  private func name(_ id: String, _ text: String) async throws -> Bool {
    if let other = try await inspection(of: text) { return other.id == id }
    let name = try ImageName(text)
    try await recordedEngine(OperationNotes()).tagImage(
      id, repository: name.repository, tag: name.tag ?? "latest")
    return true
  }

  /// The id by which the engine has an image, whatever it calls it; nil where it has it not.
  private func find(_ image: ArchiveReport.Image) async throws -> String? {
    for name in [image.identity] + image.names {
      if let found = try await inspection(of: name), isSame(found, image) { return found.id }
    }
    // An engine whose ids are not those of configurations, and an image without a name.
    for summary in try await engine.listImages(includesIntermediate: true) {
      if let found = try await inspection(of: summary.id), isSame(found, image) { return found.id }
    }
    return nil
  }

  private func inspection(of name: String) async throws -> ImageInspection? {
    do {
      return try await engine.inspectImage(name)
    } catch let error as EngineError where error.code == .notFound {
      return nil
    }
  }

  private func isSame(_ found: ImageInspection, _ image: ArchiveReport.Image) -> Bool {
    SHA256Digest(image.identity).map {
      ImageIdentity(found).isSame(as: $0, snapshot: image.layers)
    } ?? false
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

/// What was loaded of an archive.
public struct LoadedImages: Sendable {
  /// The names that the images have, and the ids of those without.
  public internal(set) var names: [String] = []

  /// The names that are those of other images here, and the ids of the archive's.
  public internal(set) var taken: [(name: String, id: String)] = []
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
  ///
  /// They have no names: an engine would take those from the images that have them.
  func imageStream() -> TarStream {
    let folder = "data/" + ImageManifest.folder
    return TarStream { [path, limits] (writer) throws(ArchiveError) in
      let reader = try PackageReader(path, limits: limits.package)
      while let member = try reader.next() {
        guard member.kind == .file, member.pathInFolder.hasPrefix(folder) else { continue }
        let name = Array(member.pathInFolder.utf8.dropFirst(folder.utf8.count))
        if name.elementsEqual(ImageManifest.path.utf8) {
          let bytes = ImageManifest.nameless(
            try reader.contents(atMost: Int(ImageManifest.byteLimit)))
          let entry = TarEntry(
            path: name, kind: .file(size: Int64(bytes.count)), mode: 0o644, modified: 0)
          try writer.add(entry, bytes: bytes)
          continue
        }
        try writer.begin(
          TarEntry(path: name, kind: .file(size: member.size), mode: 0o644, modified: 0))
        while let chunk = try reader.chunk() { try writer.write(chunk) }
        try writer.end()
      }
    }
  }
}
