import DockerEngine
import Glibc
import HTTP
import Provenance
import SystemPackage

extension Client {
  /// Makes an image of a file system's archive, and records where that came from.
  ///
  /// What is fetched from the web streams to the engine as it comes: neither side waits longer
  /// than the other makes it, and nothing is held. An answer that is no success, too large, too
  /// slow or cut short makes no image.
  ///
  /// - Parameters:
  ///   - limits: of what is fetched.
  ///   - onRead: is told the size of each piece of the archive as it goes to the engine.
  /// - Returns: the image's id.
  /// - Throws: `SmartContainersError`; `WebError` when the archive could not be fetched;
  ///   `EngineError`.
  public func importImage(
    from source: ArchiveSource, options: ImportOptions,
    limits: WebClient.Limits = WebClient.Limits(),
    onRead: @escaping @Sendable (Int) -> Void = { _ in },
    onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> String {
    try await read(source, limits: limits, onRead: onRead) { archive, origin in
      try await recordedEngine(OperationNotes(origin: origin)).importImage(
        archive: archive, options: options, onEvent: onEvent)
    }
  }

  /// Makes an image of what a text names, as the old client's `import_image` did: a file here,
  /// else a URL.
  ///
  /// - Parameter source: the path of a file, absolute or from the working folder, that goes
  ///   before a URL of the same spelling.
  public func importImage(
    _ source: String, options: ImportOptions, limits: WebClient.Limits = WebClient.Limits(),
    onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> String {
    let path = workingFolder.pushing(FilePath(source))
    let isFile = access(path.string, R_OK) == 0
    let isURL = (try? WebAddress(source)) != nil
    let chosen = isFile || !isURL ? ArchiveSource.file(path) : .url(source)
    return try await importImage(
      from: chosen, options: options, limits: limits, onEvent: onEvent)
  }

  /// Lets the engine fetch a URL and make an image of it, and records that.
  ///
  /// The limits, proxies and authorities are then the engine's, and nobody here sees the bytes:
  /// the record has no digest of them.
  public func importImage(
    fetchedByEngine url: String, options: ImportOptions,
    onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> String {
    let notes = OperationNotes(
      origin: (try? WebAddress(url)).map { .web(WebLocation(url: $0.text)) })
    return try await recordedEngine(notes).importImage(
      archive: nil, url: url, options: options, onEvent: onEvent)
  }
}
