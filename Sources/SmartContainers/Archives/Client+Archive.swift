import Archive
import Canonical
import DockerEngine
import Glibc
import History
import Provenance
import SystemPackage

/// An archive that was made.
public struct CreatedArchive: Sendable {
  public let path: FilePath
  public let byteCount: Int64
  public let digest: SHA256Digest

  /// What it has.
  public let runs: Int
  public let images: Int
  public let files: Int

  /// How many activities are attested.
  public let attestations: Int

  /// The inputs and outputs that are gone or were changed, and not in it.
  public let missing: [String]
}

extension Client {
  /// Packs what is needed to reproduce runs offline into one file, and records that.
  ///
  /// The same history, images and files give the same bytes, but for attestations that are signed
  /// with a key of ECDSA, whose signatures are random.
  ///
  /// - Parameters:
  ///   - path: absolute; its name says the format: `.tar.zst`, `.tar.gz`, `.tar` or `.zip`.
  ///   - onProgress: called with the number of bytes that were packed since the last time, from any
  ///     thread.
  /// - Throws: `SmartContainersError`, `EngineError`. Then there is no file.
  public func createArchive(
    _ options: ArchiveOptions, at path: FilePath,
    onProgress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> CreatedArchive {
    do {
      let selection = try await recorder.history.with { history in
        try ArchiveSelection(of: options.subjects, in: history)
      }
      let target = options.subjects.isEmpty ? nil : options.subjects.joined(separator: ", ")
      let creation = ArchiveCreation(
        client: self, selection: selection, options: options, path: path, onProgress: onProgress)
      let prepared = try await creation.prepare()
      let recording = try await CompositeRecording.begin(
        .archive, about: [:], on: target, recorder)
      do {
        let created = try await creation.create(
          prepared, recordedEngine(in: recording),
          images: recordedEngine(in: recording, notes: OperationNotes(takesApart: true)))
        var content = Content(
          .file, digest: created.digest, byteCount: created.byteCount, path: path.string)
        content.mediaType = MediaType.ofFile(named: path.string)
        let output = RunFile(
          content: content, hostPath: path.string, containerPath: path.string)
        await Task { await recording.finish(.succeeded, outputs: [output]) }.value
        return created
      } catch {
        await Task { await recording.finish(error, streams: []) }.value
        throw error
      }
    } catch let error as ArchiveError {
      throw SmartContainersError(.failed, error.message, cause: error)
    } catch let error as HistoryError {
      throw SmartContainersError(describing: error)
    }
  }
}
