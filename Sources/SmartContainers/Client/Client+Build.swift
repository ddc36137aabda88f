import Archive
import Canonical
import DockerEngine
import Glibc
import HTTP
import Provenance
import SystemPackage

/// What an image is built from.
public enum BuildSource: Sendable {
  /// A folder, with a Dockerfile of another name or place where one is given.
  case folder(FilePath, dockerfile: FilePath?)

  /// The bytes of a Dockerfile, with nothing beside it.
  case dockerfile([UInt8])
}

extension Client {
  /// Builds an image from a folder or a Dockerfile, and records it.
  ///
  /// The context is packed as it streams, without what `.dockerignore` excludes.
  ///
  /// - Returns: the image's id.
  /// - Throws: `SmartContainersError`, or `EngineError` with the words of the failing step.
  public func buildImage(
    from source: BuildSource, options: BuildOptions,
    onEvent: (BuildEvent) async throws -> Void = { _ in }
  ) async throws -> String {
    var options = options
    let context: TarStream
    let dockerfile: (bytes: [UInt8], path: String)
    switch source {
    case .folder(let folder, let path):
      let built = try BuildContext(
        folder: folder, dockerfile: path.map { .file($0) } ?? .inFolder)
      let file = path ?? folder.appending(built.dockerfile)
      dockerfile = (Array(try Self.text(of: file).utf8), built.dockerfile)
      context = built.tar()
      options.dockerfile = built.dockerfile
    case .dockerfile(let bytes):
      dockerfile = (bytes, "Dockerfile")
      context = TarStream.dockerfile(bytes)
    }
    let text = String(decoding: dockerfile.bytes, as: UTF8.self)
    let summary = DockerfileSummary(text, arguments: options.buildArguments)
    let notes = BuildNotes(
      dockerfile: Content(
        .dockerfile, digest: SHA256Digest(of: dockerfile.bytes),
        byteCount: Int64(dockerfile.bytes.count), path: dockerfile.path),
      dockerfileText: text, baseNames: summary.bases)
    return try await recordedEngine(OperationNotes(build: notes))
      .buildImage(context: { try await context.next() }, options: options, onEvent: onEvent)
  }

  private static func text(of path: FilePath) throws(SmartContainersError) -> String {
    var status = stat()
    // Reading a pipe would wait for its other end for ever.
    if stat(path.string, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
      throw SmartContainersError(
        .failed, "the Dockerfile \(path) is no file", hint: "Name another one with -f.")
    }
    do {
      return try TextFile.read(path)
    } catch {
      throw SmartContainersError(
        .failed, "the Dockerfile \(path) cannot be read: \(error)",
        hint: "Name another one with -f.", cause: error)
    }
  }
}
