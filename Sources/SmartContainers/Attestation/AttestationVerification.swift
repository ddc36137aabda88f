import Canonical
import Git
import History

/// What came of verifying attestations.
public struct AttestationVerification: Sendable {
  /// An attestation that can be read, and what was found out of it.
  public struct Item: Sendable {
    /// The file, and the line of it, from 1.
    public let file: String
    public let line: Int
    public let attestation: Attestation

    /// Who signed, and the fingerprint of the key; nil where nobody who is allowed to did.
    public let signer: String?
    public let key: String?

    /// Whether the history has the activity, and was compared with.
    public let isInHistory: Bool
  }

  /// Of a file that is something else not every line is told.
  private static let findingLimit = 20

  public private(set) var items: [Item] = []
  public private(set) var findings: [Verification.Finding] = []

  /// - Parameter files: their names and bytes.
  init(
    _ files: [(name: String, bytes: [UInt8])], _ signers: AllowedSigners?,
    _ history: HistoryRepository?
  ) throws {
    for (name, bytes) in files {
      var isEmpty = true
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let before = findings.count
      for (index, line) in lines.enumerated() where !line.isEmpty {
        isEmpty = false
        guard findings.count - before < Self.findingLimit else {
          findings.append(
            Verification.Finding(
              place: "\(name), line \(index + 1)", message: "from here on it was not looked at"))
          break
        }
        add(try AttestationCheck(line, signers, history), name, index + 1)
      }
      if isEmpty {
        findings.append(Verification.Finding(place: name, message: "it has no attestation"))
      }
    }
  }

  private mutating func add(_ check: AttestationCheck, _ file: String, _ line: Int) {
    var problems = check.problems
    if !check.isSignatureChecked {
      problems.append("its signature cannot be checked: nobody is known who may sign")
    } else if check.isUnknownSigner {
      problems.append("it is signed by nobody who is allowed to")
    }
    findings += problems.map {
      Verification.Finding(place: "\(file), line \(line)", message: $0)
    }
    guard let attestation = check.attestation else { return }
    items.append(
      Item(
        file: file, line: line, attestation: attestation, signer: check.signer, key: check.key,
        isInHistory: check.isInHistory))
  }

  /// The result for scripts; its members do not change.
  public var json: JSONValue {
    [
      "attestations": .array(items.map(\.json)),
      "findings": .array(
        findings.map { ["place": .string($0.place), "message": .string($0.message)] }),
    ]
  }

  /// Verifies attestations: their form, their signatures, and, as far as there is a history that has
  /// the activities, that these made and used what is attested.
  ///
  /// - Parameters:
  ///   - files: what to call each, and its bytes: one envelope a line.
  ///   - allowedSigners: the file of those whose signatures count; nil for the configured one.
  public static func verify(
    _ files: [(name: String, bytes: [UInt8])], allowedSigners: String? = nil,
    _ places: ClientPlaces
  ) async throws -> AttestationVerification {
    do {
      return try await HistoryReader.open(places).read { history in
        let path = try HistoryReader.verifier(for: history, allowedSigners, places).allowedSigners
        return try AttestationVerification(files, signers(path), history)
      }
    } catch let error as SmartContainersError where error.code == .noHistory {
      let path =
        try allowedSigners
        ?? HistoryStore.configurationWithoutHistory(places)[.allowedSigners]
      return try await BlockingWork.run {
        try AttestationVerification(files, signers(path), nil)
      }
    }
  }

  /// Reads a file of allowed signers.
  static func signers(_ path: String?) throws(SmartContainersError) -> AllowedSigners? {
    guard let path else { return nil }
    do throws(GitError) {
      return try AllowedSigners(readingFile: path)
    } catch {
      throw SmartContainersError(
        .failed, error.message,
        hint: "Name those whose signatures count with --allowed-signers or signing.allowedSigners.",
        cause: error)
    }
  }
}

extension AttestationVerification.Item {
  fileprivate var json: JSONValue {
    [
      "file": .string(file), "line": .integer(Int64(line)),
      "activity": attestation.activity.map { .string($0) } ?? .null,
      "predicateType": .string(attestation.predicateType),
      "subjects": .array(
        attestation.subjects.map {
          ["name": .string($0.name), "digest": .string($0.digest.description)]
        }),
      "signer": signer.map { .string($0) } ?? .null, "key": key.map { .string($0) } ?? .null,
      "inHistory": .bool(isInHistory),
    ]
  }
}
