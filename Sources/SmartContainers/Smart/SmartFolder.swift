import Archive
import Canonical
import DockerEngine
import JSONLD
import Provenance

/// What stands in the folder `/SmartContainer` of a smart image.
public struct SmartFolder: Sendable {
  /// The activities to which the image owes what it is.
  let history: [UInt8]

  /// The ways into its containers.
  let entries: [UInt8]

  /// Its path.
  public static let path = "/SmartContainer"

  /// The path of the history: activities as JSON-LD, the oldest first.
  public static let historyPath = path + "/SCProv.jsonld"

  /// The path of the entry document.
  public static let entriesPath = path + "/SCEntry.jsonld"

  /// The file that holds the activities, as an entity.
  var historyFile: Content { Self.file(Self.historyPath, history) }

  /// The file that tells the ways in, as an entity.
  var entriesFile: Content { Self.file(Self.entriesPath, entries) }

  private static func file(_ path: String, _ bytes: [UInt8]) -> Content {
    Content(
      .file, digest: SHA256Digest(of: bytes), byteCount: Int64(bytes.count), path: path)
  }

  /// The folder as an archive to be extracted into the root folder.
  func archive(at time: Timestamp) -> TarStream {
    let seconds = time.millisecondsSince1970 / 1000
    let files = [(Self.historyPath, history), (Self.entriesPath, entries)]
    return TarStream { (writer) throws(ArchiveError) in
      try writer.add(
        TarEntry(
          path: Array(Self.path.utf8.dropFirst()) + [UInt8(ascii: "/")], kind: .folder, mode: 0o755,
          modified: seconds))
      for (path, bytes) in files {
        try writer.add(
          TarEntry(
            path: Array(path.utf8.dropFirst()), kind: .file(size: Int64(bytes.count)), mode: 0o644,
            modified: seconds),
          bytes: bytes)
      }
    }
  }
}

extension EngineClient {
  /// Reads the history that stands in a container.
  ///
  /// - Throws: `EngineError` of code `notFound` where none does; `SmartContainersError` of code
  ///   `failed` for a file that is no such history.
  func smartHistory(in container: String) async throws -> SmartHistory {
    let limit = SmartHistory.byteLimit
    do {
      return try await archive(of: container, path: SmartFolder.historyPath) { stat, body in
        let tooLarge = SmartContainersError(
          .failed, "\(SmartFolder.historyPath) is larger than \(limit) bytes")
        guard stat.sizeInBytes <= limit else { throw tooLarge }
        var archive: [UInt8] = []
        for try await chunk in body {
          archive += chunk
          // The header and the end of an archive, and what a long name takes.
          guard archive.count <= limit + (64 << 10) else { throw tooLarge }
        }
        return try SmartHistory(try TarFile.contents(of: archive))
      }
    } catch let error as JSONLDError {
      throw SmartContainersError(
        .failed, in: SmartFolder.historyPath, error)
    } catch let error as ArchiveError {
      throw SmartContainersError(
        .failed, "\(SmartFolder.historyPath): \(error.message)", cause: error)
    }
  }

  /// Whether there is anything of the smart folder's name.
  func hasSmartFolder(in container: String) async throws -> Bool {
    do {
      _ = try await pathStat(in: container, at: SmartFolder.path)
      return true
    } catch let error as EngineError where error.code == .notFound {
      return false
    }
  }
}

extension SmartContainersError {
  /// What somebody else has in the smart folder.
  static func foreignFolder(in name: String) -> SmartContainersError {
    SmartContainersError(
      .failed, "there is a \(SmartFolder.path) in \(name) already, which sc did not make",
      hint: "Remove or rename it in the image; what sc puts there would be mixed with it.")
  }
}
