import DockerEngine
import HTTP
import Provenance

// What leaves an engine, and what comes to it, with what only the caller knows: whether it is
// kept, and where it is from.
extension Client {
  /// The file system of a container as a tar archive, recorded.
  ///
  /// - Parameter keep: whether the archive is kept in the history as large content. When that
  ///   fails while it streams, the archive still gets to `read` whole, and `finish` says so.
  public func exportContainer<Result: Sendable>(
    _ id: String, keep: Bool, _ read: (HTTPResponseBody) async throws -> Result
  ) async throws -> Result {
    try await recordedEngine(OperationNotes(keepsContent: keep)).exportContainer(id, read)
  }

  /// A file or folder of a container as a tar archive, with what it is, recorded.
  ///
  /// - Parameters:
  ///   - path: `folder/.` gives what is in the folder.
  ///   - keep: whether the archive is kept in the history; see `exportContainer`.
  public func archive<Result: Sendable>(
    of id: String, path: String, keep: Bool,
    _ read: (PathStat, HTTPResponseBody) async throws -> Result
  ) async throws -> Result {
    try await recordedEngine(OperationNotes(keepsContent: keep)).archive(
      of: id, path: path, read)
  }

  /// The name with its tag, or the id: with a repository's name alone an engine saves every image
  /// of it.
  ///
  /// - Throws: `EngineError` when there is no such image; `SmartContainersError` for no name.
  public func exactName(ofImage image: String) async throws -> String {
    let found = await recorder.observer.image(image)?.id
    let id = if let found { found } else { try await engine.inspectImage(image).id }
    let isID = id.hasPrefix(image) || id.dropFirst("sha256:".count).hasPrefix(image)
    return isID ? id : try ImageName(image).nameWithTag
  }

  /// Images as one tar archive, as `docker load` takes it, recorded.
  ///
  /// - Parameter keep: whether the archive is kept in the history; see `exportContainer`.
  public func saveImages<Result: Sendable>(
    _ names: [String], keep: Bool, _ read: (HTTPResponseBody) async throws -> Result
  ) async throws -> Result {
    try await recordedEngine(OperationNotes(keepsContent: keep)).saveImages(names, read)
  }

  /// Loads the images of an archive, and records them and where they came from.
  ///
  /// - Returns: the names, or ids where they have none, of what was loaded.
  public func loadImages(
    from source: ArchiveSource, isQuiet: Bool = false,
    onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> [String] {
    try await read(source) { archive, origin in
      try await recordedEngine(OperationNotes(origin: origin)).loadImages(
        archive, isQuiet: isQuiet, onEvent: onEvent)
    }
  }
}
