import Canonical
import Provenance

/// What somebody attests of an activity, signed: an in-toto statement in a DSSE envelope.
///
/// Of what made images it has SLSA provenance, of runs in-toto's link.
public struct Attestation: Sendable {
  /// Something that the activity made.
  public struct Subject: Sendable, Hashable {
    /// The name of an image, the path of a file, `stdout`.
    public let name: String
    public let digest: SHA256Digest
  }

  /// The IRI of the activity; nil for one of another program that names none.
  public let activity: String?

  /// `https://slsa.dev/provenance/v1` or `https://in-toto.io/attestation/link/v0.3`.
  public let predicateType: String
  public let subjects: [Subject]

  /// The envelope: one line of JSON, without its end.
  public let line: [UInt8]

  init(_ statement: AttestationStatement, _ envelope: SignedEnvelope) {
    activity = statement.activity
    predicateType = statement.kind.rawValue
    subjects = statement.subjects.compactMap { subject in
      subject.digest.map { Subject(name: subject.name ?? "", digest: $0) }
    }
    line = envelope.bytes
  }

  /// The kinds of activities that are attested, sorted.
  public static var kinds: [String] {
    AttestationStatement.builds.union(AttestationStatement.runs).sorted()
  }
}
