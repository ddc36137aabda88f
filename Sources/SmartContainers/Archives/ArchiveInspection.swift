import Archive
import Canonical
import Glibc
import History
import Provenance
import SystemPackage

/// What was found in an archive.
public struct ArchiveReport: Sendable {
  /// One file of it.
  public struct File: Sendable {
    /// From the archive's folder.
    public let path: String
    public let byteCount: Int64
    public let digest: SHA256Digest?
  }

  /// A run, by its activity, and how many files of it are there.
  public struct Run: Sendable {
    public let activity: String
    public let image: String
    public let inputs: [String]
    public let outputs: [String]
  }

  /// An image, by the digest of its configuration.
  public struct Image: Sendable {
    public let identity: String
    public let names: [String]
    public let layers: [String]
  }

  /// What somebody attests of an activity.
  public struct Attested: Sendable {
    /// From the archive's folder.
    public let path: String
    public let activity: String?

    /// Who signed it; nil where nobody who is allowed to did, or nobody is known.
    public let signer: String?
  }

  public let title: String

  /// The last commit of the history that is in it.
  public let commit: String

  /// The name of the folder that everything is in.
  public let folder: String
  public let files: [File]
  public let runs: [Run]
  public let images: [Image]

  /// How many commits and activities the history has, and how many of them are signed.
  public let commits: Int
  public let activities: Int
  public let signed: Int

  /// What is attested; nothing where the history was not looked at.
  public let attestations: [Attested]

  /// What is wrong, a sentence each; nothing for an archive that is what it was.
  public let problems: [String]

  /// What is unusual, and harmless.
  public let warnings: [String]

  public var isIntact: Bool { problems.isEmpty }
}

extension ArchiveReport.Image {
  init(_ image: ArchiveIndex.Image) {
    self.init(identity: image.identity, names: image.names, layers: image.layers)
  }
}

/// Verifies an archive in one pass: every digest, the bag, the crate, the identity of the images,
/// the history in the bundle and its signatures.
///
/// Nothing is unpacked but the bundle, into memory where there is room for it. It blocks, and is used on
/// one thread.
final class ArchiveInspection {
  private let limits: PackageLimits
  private let checksHistory: Bool
  private let policy: @Sendable (HistoryRepository) throws -> VerificationPolicy
  private let scratch: FilePath

  /// Whether nobody waits for what is found any more.
  let isCancelled: @Sendable () -> Bool

  private var documents = ArchiveDocuments()
  private var bundle: SpooledFile?
  private var attestations: [ArchiveReport.Attested] = []

  /// The parts of images that are compressed.
  private var compressed: [String: Compression] = [:]

  /// - Parameters:
  ///   - checksHistory: whether the bundle is looked at, too.
  ///   - policy: which signatures are wanted.
  ///   - scratch: a folder for the history while it is looked at.
  ///   - isCancelled: asked between the pieces of files.
  init(
    _ limits: PackageLimits, scratch: FilePath, checksHistory: Bool = true,
    isCancelled: @escaping @Sendable () -> Bool,
    policy: @escaping @Sendable (HistoryRepository) throws -> VerificationPolicy
  ) {
    self.limits = limits
    self.checksHistory = checksHistory
    self.policy = policy
    self.scratch = scratch
    self.isCancelled = isCancelled
  }

  /// What is in the archive, by its index.
  private(set) var index: ArchiveIndex?

  /// What was found in the bag.
  private(set) var bag: BagReport?

  /// The history of the archive, in the scratch folder; nil where it cannot be read.
  private(set) var history: HistoryRepository?

  /// Verifies the archive.
  ///
  /// - Throws: `ArchiveError` when it is no whole and harmless package; `CancellationError`.
  func verify(
    _ path: FilePath, onProgress: @escaping @Sendable (Int64) -> Void
  ) throws -> ArchiveReport {
    let reader = try PackageReader(path, limits: limits)
    var verification = BagVerification()
    verification.algorithms = [.sha256]
    verification.onProgress = onProgress
    verification.onMember = { [self] member in
      let consumer = try consumer(of: member)
      return { [self] chunk in
        try checkCancellation()
        try consumer?(chunk)
      }
    }
    let bag = try verification.verify(reader)
    self.bag = bag
    var findings = ArchiveFindings(bag)
    index = findings.index(documents)
    findings.checkCrate(documents)
    findings.checkImages(documents, index, try unpackedDigests(in: path))
    findings.checkFiles(index)
    let report = checksHistory ? try checkHistory(&findings) : nil
    return ArchiveReport(
      title: index?.title ?? "", commit: index?.commit ?? "", folder: bag.folder,
      files: bag.files.map {
        ArchiveReport.File(path: $0.key, byteCount: $0.value.size, digest: $0.value.sha256)
      }.sorted { $0.path < $1.path },
      runs: (index?.runs ?? []).map { run in
        ArchiveReport.Run(
          activity: run.activity, image: run.image, inputs: run.inputs.map(\.hostPath),
          outputs: run.outputs.map(\.hostPath))
      },
      images: (index?.images ?? []).map(ArchiveReport.Image.init), commits: report?.commits ?? 0,
      activities: report?.activities ?? 0,
      signed: report?.signed ?? 0, attestations: attestations, problems: findings.problems,
      warnings: findings.warnings)
  }

  /// What takes the content of a member.
  private func consumer(of member: PackageMember) throws -> BagVerification.Consumer? {
    guard member.kind == .file else { return nil }
    let path = member.pathInFolder
    if path == "data/history/history.bundle", checksHistory {
      let file = try SpooledFile(in: scratch)
      bundle = file
      return { try file.append($0) }
    }
    guard let kind = ArchiveDocuments.Kind(path: path) else { return nil }
    var bytes: [UInt8]?
    var isFirst = true
    return { [self] chunk in
      if isFirst {
        isFirst = false
        if kind == .image { compressed[path] = Compression(head: chunk.prefix(4)) }
        let isKept = documents.admits(path, kind, size: member.size, head: chunk.first)
        bytes = isKept ? [] : nil
      }
      bytes?.append(contentsOf: chunk)
      if chunk.isEmpty, let bytes { documents.keep(bytes, at: path) }
    }
  }

  /// The digests of what the compressed parts of images unpack to, which takes another pass.
  private func unpackedDigests(in path: FilePath) throws -> [String: SHA256Digest] {
    var digests: [String: SHA256Digest] = [:]
    guard !compressed.isEmpty else { return digests }
    let reader = try PackageReader(path, limits: limits)
    while digests.count < compressed.count, let member = try reader.next() {
      try checkCancellation()
      guard let compression = compressed[member.pathInFolder] else { continue }
      do throws(ArchiveError) {
        digests[member.pathInFolder] = try reader.unpackedDigest(compression)
      } catch {
        // What cannot be unpacked is held against the image as it is.
        guard error.code == .damaged else { throw error }
      }
    }
    return digests
  }

  private func checkCancellation() throws {
    if isCancelled() { throw CancellationError() }
  }

  private func checkHistory(_ findings: inout ArchiveFindings) throws -> VerificationReport? {
    guard let bundle else {
      findings.add("the history is missing: data/history/history.bundle")
      return nil
    }
    do {
      try bundle.rewind()
      let place = scratch.appending(MemoryFolder.historyName)
      let history = try HistoryRepository.unbundle(at: place) {
        try checkCancellation()
        return try [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
          count = try bundle.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
      }
      self.history = history
      if let index, try history.head()?.description != index.commit {
        findings.add("the history does not end with commit \(index.commit.prefix(12))")
      }
      if let index { try findings.checkIndex(index, history) }
      let policy = try policy(history)
      let report = try history.verify(policy) { _, _ in try checkCancellation() }
      for finding in report.findings { findings.add("\(finding.place): \(finding.message)") }
      attestations = try findings.checkAttestations(documents, index, history, policy)
      return report
    } catch let error as HistoryError {
      findings.add("the history: \(error.message)")
      return nil
    }
  }
}
