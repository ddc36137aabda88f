import Canonical
import Git
import Glibc
import History
import SystemPackage

/// What came of verifying a history.
public struct Verification: Sendable {
  /// Something that is not as it should be.
  public struct Finding: Sendable, Equatable {
    /// Where: a commit, a path in a commit, or a file of the repository.
    public let place: String
    public let message: String
  }

  public let commits: Int
  public let objects: Int
  public let activities: Int

  /// The pieces of large content that are here, and those that are not.
  public let largeContents: Int
  public let absentContents: Int

  /// The commits by what became of their signatures; bad ones are findings.
  public let signed: Int
  public let unsigned: Int
  public let unknownSigners: Int

  public let findings: [Finding]

  init(_ report: VerificationReport) {
    commits = report.commits
    objects = report.objects
    activities = report.activities
    largeContents = report.largeContents
    absentContents = report.absentContents
    signed = report.signed
    unsigned = report.unsigned
    unknownSigners = report.unknownSigners
    findings = report.findings.map { Finding(place: $0.place, message: $0.message) }
  }

  /// The report for scripts; its members do not change.
  public var json: JSONValue {
    [
      "commits": .integer(Int64(commits)), "objects": .integer(Int64(objects)),
      "activities": .integer(Int64(activities)),
      "largeContents": .integer(Int64(largeContents)),
      "absentContents": .integer(Int64(absentContents)),
      "signatures": [
        "good": .integer(Int64(signed)), "none": .integer(Int64(unsigned)),
        "unknown": .integer(Int64(unknownSigners)),
      ],
      "findings": .array(
        findings.map { ["place": .string($0.place), "message": .string($0.message)] }),
    ]
  }
}

/// What became of checking a commit's signature.
public struct SignatureVerdict: Sendable, Equatable {
  /// `good`, `unknown` for one of a key that nobody is known by, `bad`, `none`, `unchecked`.
  public let status: String

  /// Who signed, and with which key; nil where that is not known.
  public let signer: String?
  public let key: String?

  /// What is wrong; nil for nothing.
  public let reason: String?

  init(_ verdict: GitVerdict) {
    switch verdict {
    case .unsigned: (status, signer, key, reason) = ("none", nil, nil, nil)
    case .good(let name, let key): (status, signer, self.key, reason) = ("good", name, key, nil)
    case .unknownSigner(let key):
      (status, signer, self.key, reason) = ("unknown", nil, key, nil)
    case .bad(let why): (status, signer, key, reason) = ("bad", nil, nil, why)
    case .unchecked(let why): (status, signer, key, reason) = ("unchecked", nil, nil, why)
    }
  }
}

extension HistoryReader {
  /// Verifies the history, without any network and without an engine.
  ///
  /// - Parameters:
  ///   - revision: up to which all is known to be good; nil for the beginning.
  ///   - allowedSigners: the file of those whose signatures count; nil for the configured one.
  ///   - requiresSignatures: whether a commit that nobody known signed is a finding.
  ///   - progress: is told how many commits of how many are done.
  public func verify(
    since revision: String? = nil, allowedSigners: String? = nil,
    requiresSignatures: Bool = false, _ places: ClientPlaces,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Verification {
    try await read { history in
      var policy = VerificationPolicy(
        verifier: try Self.verifier(for: history, allowedSigners, places))
      policy.since = try revision.map { try history.resolve($0) }
      policy.requiresSignatures = requiresSignatures
      var report = try history.verify(policy) { done, total in
        try Task.checkCancellation()
        progress(done, total)
      }
      // Where there is a remote, that may have it.
      if try report.absentContents > 0 && history.isOwn && history.remotes().isEmpty {
        report.findings.append(
          .init(
            place: "\(history.path)",
            message: "\(report.absentContents) pieces of kept content are not here, and no remote "
              + "could have them"))
      }
      return Verification(report)
    }
  }

  /// Verifies some commits alone, as a hook of a shared history does with those that are pushed:
  /// what is being pushed stands where `GIT_OBJECT_DIRECTORY` of the places' environment says.
  public func verify(
    commits ids: [String], allowedSigners: String? = nil, requiresSignatures: Bool = false,
    _ places: ClientPlaces
  ) async throws -> Verification {
    try await read { history in
      var policy = VerificationPolicy(
        verifier: try Self.verifier(for: history, allowedSigners, places))
      policy.requiresSignatures = requiresSignatures
      let commits = try ids.map { id in
        guard let commit = CommitID(id) else {
          throw SmartContainersError(.usage, "this is no id of a commit: \(id)")
        }
        return commit
      }
      let folder = places.environment["GIT_OBJECT_DIRECTORY"].map { FilePath($0) }
      return Verification(try history.verify(commits, policy, objects: folder))
    }
  }

  /// What checks the signatures of commits, one by one.
  public func signatureCheck(
    allowedSigners: String? = nil, _ places: ClientPlaces
  ) async throws -> @Sendable (_ commit: String) async throws -> SignatureVerdict {
    let verifier = try await read { history in
      try Self.verifier(for: history, allowedSigners, places)
    }
    return { [self] commit in
      try await read { history in
        SignatureVerdict(verifier.verdict(on: try history.signedCommit(history.resolve(commit))))
      }
    }
  }

  static func verifier(
    for history: HistoryRepository, _ allowedSigners: String?, _ places: ClientPlaces
  ) throws -> GitVerifier {
    let configured = try HistoryStore.configuration(of: history, places)[.allowedSigners]
    if let file = allowedSigners ?? configured, access(file, R_OK) != 0 {
      throw SmartContainersError(
        .usage, "the file of allowed signers \(file) cannot be read: \(Errno(rawValue: errno))",
        hint: "It is named by --allowed-signers or signing.allowedSigners.")
    }
    let git = try history.gitSettings().last { $0.name == "gpg.ssh.allowedsignersfile" }?.value
    return GitVerifier(
      allowedSigners: allowedSigners ?? configured ?? git, environment: places.environment)
  }
}
