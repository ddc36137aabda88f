import Archive
import Canonical
import DockerEngine
import Glibc
import Provenance
import SystemPackage

/// What an image is built from.
public enum BuildSource: Sendable {
  /// A folder, with a Dockerfile of another name or place where one is given.
  case folder(FilePath, dockerfile: FilePath?)

  /// A folder, and the bytes of a Dockerfile that is not in it.
  case folderWithDockerfile(FilePath, [UInt8])

  /// The bytes of a Dockerfile, with nothing beside it.
  case dockerfile([UInt8])
}

/// What a build sends, read as far as the record needs it.
struct BuildInput {
  /// The context, from its start.
  let context: TarStream

  /// The Dockerfile's path in the context; nil for the usual one.
  let dockerfilePath: String?
  let dockerfileBytes: [UInt8]
  var dockerfile: Content
  let dockerfileText: String
  let summary: DockerfileSummary

  /// Whether the builder shows the Dockerfile to `COPY` although it is ignored or elsewhere.
  let exposesDockerfile: Bool

  /// - Throws: `SmartContainersError`, `ArchiveError`.
  init(_ source: BuildSource, arguments: [String: String], builder: ImageBuilder) throws {
    let bytes: [UInt8]
    let path: String
    switch source {
    case .folder(let folder, let given):
      let built = try BuildContext(
        folder: folder, dockerfile: given.map { .file($0) } ?? .inFolder,
        isForBuildKit: builder == .buildKit)
      bytes = Array(try Self.text(of: given ?? folder.appending(built.dockerfile)).utf8)
      context = built.tar(omits: HistoryStore.isHistory)
      path = built.dockerfile
      dockerfilePath = path
      exposesDockerfile = built.exposesDockerfile
    case .folderWithDockerfile(let folder, let given):
      let built = try BuildContext(
        folder: folder, dockerfile: .bytes(given), isForBuildKit: builder == .buildKit)
      bytes = given
      context = built.tar(omits: HistoryStore.isHistory)
      path = built.dockerfile
      dockerfilePath = path
      exposesDockerfile = built.exposesDockerfile
    case .dockerfile(let given):
      bytes = given
      context = TarStream.dockerfile(given)
      path = "Dockerfile"
      dockerfilePath = nil
      exposesDockerfile = false
    }
    dockerfile = Content(
      .dockerfile, digest: SHA256Digest(of: bytes), byteCount: Int64(bytes.count), path: path)
    dockerfileBytes = bytes
    dockerfileText = String(decoding: bytes, as: UTF8.self)
    summary = DockerfileSummary(dockerfileText, arguments: arguments)
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
