import Archive
import Canonical
import Glibc
import History
import Provenance
import Synchronization
import SystemPackage

/// Compares what a run left with what it left then.
final class RerunComparison: Sendable {
  private let recorded: [RerunPlan.File]
  private let content: ContentStore
  private let digester: FileDigester
  private let differences = Mutex<[ExactPath: String]>([:])

  /// - Parameter recorded: the outputs of then, with the paths that they have now.
  init(_ recorded: [RerunPlan.File], _ content: ContentStore, _ digester: FileDigester) {
    self.recorded = recorded
    self.content = content
    self.digester = digester
  }

  /// Looks where files differ that are here and are about to take the places of those of then.
  func look(at arrivals: [OutputCopy.Arrival]) {
    for arrival in arrivals { look(at: arrival.file, at: arrival.path, isInPlace: false) }
  }

  /// Looks where files differ that the run wrote in place.
  func look(at files: [RunFile]) {
    for file in files { look(at: file, at: file.hostPath, isInPlace: true) }
  }

  /// What cannot be read has no difference that could be told; that it differs, its digest says.
  private func look(at file: RunFile, at path: String, isInPlace: Bool) {
    let place = ExactPath(file.hostPath)
    guard file.content.kind == .file,
      let old = recorded.first(where: { !$0.isFolder && $0.path.isPath(file.hostPath) }),
      old.digest != file.content.digest,
      differences.withLock({ $0[place] }) == nil,
      let original = original(of: old, isInPlace: isInPlace)
    else { return }
    let found = try? original.closeAfter {
      let new = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
      return try new.closeAfter { try FileDifference.describe(original, new) }
    }
    if let found { differences.withLock { $0[place] = found } }
  }

  /// The bytes of then, where they are still here.
  private func original(of file: RerunPlan.File, isInPlace: Bool) -> FileDescriptor? {
    if content.has(file) { return try? content.open(file) }
    guard !isInPlace, InputComparison.kind(of: file.path) == S_IFREG,
      let now = try? digester.digests(of: [file.path]).first, now.digest == file.digest
    else { return nil }
    return try? FileDescriptor.open(FilePath(file.path), .readOnly, options: .closeOnExec)
  }

  /// Compares the files, by their paths.
  func outputs(_ end: RunEnd) -> [RerunOutput] {
    let then = Self.streams(recorded.map { ($0.path, $0.isFolder, $0.digest, $0.byteCount) })
    let now = Self.streams(
      end.outputs.map {
        ($0.hostPath, $0.content.kind == .folder, $0.content.digest, $0.content.byteCount)
      })
    let differences = differences.withLock { $0 }
    return Set(then.keys).union(now.keys)
      .sorted()
      .map {
        RerunOutput(path: $0.text, then: then[$0], now: now[$0], difference: differences[$0])
      }
  }

  /// The files, and the folders without any: what is in others tells of them.
  private static func streams(
    _ files: [(path: String, isFolder: Bool, digest: SHA256Digest, byteCount: Int64?)]
  ) -> [ExactPath: RerunPlan.Stream] {
    var streams: [ExactPath: RerunPlan.Stream] = [:]
    for file in files
    where !file.isFolder
      || !files.contains(where: { !$0.path.isPath(file.path) && $0.path.isBeneath(file.path) })
    {
      streams[ExactPath(file.path)] = RerunPlan.Stream(
        digest: file.digest, byteCount: file.byteCount)
    }
    return streams
  }

  /// Compares what was read or written without a name; nil where nothing was.
  static func stream(
    _ then: RerunPlan.Stream?, _ kind: Content.Kind, _ end: RunEnd
  ) -> RerunOutput? {
    let now = end.streams.first { $0.kind == kind }.map {
      RerunPlan.Stream(digest: $0.digest, byteCount: $0.byteCount)
    }
    return then == nil && now == nil ? nil : RerunOutput(path: nil, then: then, now: now)
  }
}
