import Canonical

/// What is attested of an activity: what it made, of what, and how.
///
/// Source: in-toto attestation v1, Statement.
package struct AttestationStatement: Sendable, Hashable {
  /// What is said of the subjects.
  package enum Kind: String, Sendable {
    /// How images were built.
    case provenance = "https://slsa.dev/provenance/v1"
    /// How a command was run.
    case link = "https://in-toto.io/attestation/link/v0.3"
  }

  static let type = "https://in-toto.io/Statement/v1"

  package let kind: Kind

  /// What the activity made.
  package let subjects: [AttestedResource]

  /// What it made that of.
  package let materials: [AttestedResource]

  /// The IRI of the activity; nil for a statement of another program that names none.
  package let activity: String?

  /// When it ended; nil where the statement does not say so.
  package let endedAt: Timestamp?

  /// The digest of the document that the history has of the activity; nil as for the activity.
  package let record: SHA256Digest?
  let predicate: JSONValue

  init(
    _ kind: Kind, subjects: [AttestedResource], predicate: JSONValue
  ) throws(AttestationError) {
    self.kind = kind
    self.subjects = subjects
    self.predicate = predicate
    let facts =
      switch kind {
      case .provenance: try PredicateFacts(provenance: predicate)
      case .link: try PredicateFacts(link: predicate)
      }
    (materials, activity) = (facts.materials, facts.activity)
    (endedAt, record) = (facts.endedAt, facts.record)
  }

  /// The canonical bytes, which are what is signed.
  package var bytes: [UInt8] {
    let json: JSONValue = [
      "_type": .string(Self.type), "subject": .array(subjects.map(\.json)),
      "predicateType": .string(kind.rawValue), "predicate": predicate,
    ]
    return json.bytes()
  }

  /// Reads a statement.
  ///
  /// - Throws: `AttestationError` for what is none, and what has unknown members.
  package init(parsing bytes: [UInt8]) throws(AttestationError) {
    guard let json = try? JSONValue(parsing: bytes) else {
      throw AttestationError(.malformed, "the payload is no JSON")
    }
    let members = try StatementObject(json, "the statement")
    try members.allow(["_type", "subject", "predicateType", "predicate"])
    guard try members.text("_type") == Self.type else {
      throw AttestationError(.malformed, "the payload is no in-toto statement of version 1")
    }
    let type = try members.text("predicateType")
    guard let kind = Kind(rawValue: type) else {
      throw AttestationError(.malformed, "the statement's predicate is of another type: \(type)")
    }
    var subjects: [AttestedResource] = []
    for subject in try members.list("subject") {
      subjects.append(try AttestedResource(subject, needsDigest: true))
    }
    guard !subjects.isEmpty else {
      throw AttestationError(.malformed, "the statement has no subject")
    }
    try self.init(kind, subjects: subjects, predicate: json["predicate"] ?? .null)
  }
}
