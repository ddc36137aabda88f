import Canonical

/// A statement and the signature over it, in one line of JSON.
///
/// Source: DSSE v1 (github.com/secure-systems-lab/dsse), protocol.md and envelope.md.
package struct SignedEnvelope: Sendable, Hashable {
  /// A signature, and by whose key.
  package struct Signature: Sendable, Hashable {
    /// A hint, by which a reader finds the key; empty for none.
    package var keyID: String
    package var bytes: [UInt8]

    package init(keyID: String, bytes: [UInt8]) {
      self.keyID = keyID
      self.bytes = bytes
    }
  }

  private static let payloadType = "application/vnd.in-toto+json"

  /// The bytes of the statement.
  package let payload: [UInt8]
  package let signatures: [Signature]

  package init(_ payload: [UInt8], signatures: [Signature]) {
    self.payload = payload
    self.signatures = signatures
  }

  /// What is signed of a statement: its type and itself, each after its length.
  package static func signedBytes(of payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
  }

  /// The canonical bytes, without an end of line.
  package var bytes: [UInt8] {
    let json: JSONValue = [
      "payload": .string(Base64.encode(payload)), "payloadType": .string(Self.payloadType),
      "signatures": .array(
        signatures.map { ["keyid": .string($0.keyID), "sig": .string(Base64.encode($0.bytes))] }),
    ]
    return json.bytes()
  }

  /// Reads an envelope.
  ///
  /// - Throws: `AttestationError` for what is none, or has unknown members.
  package init(parsing bytes: some Collection<UInt8>) throws(AttestationError) {
    guard let json = try? JSONValue(parsing: bytes) else {
      throw AttestationError(.malformed, "it is no JSON")
    }
    let members = try StatementObject(json, "the envelope")
    try members.allow(["payload", "payloadType", "signatures"])
    let type = try members.text("payloadType")
    guard type == Self.payloadType else {
      throw AttestationError(.malformed, "the envelope has no in-toto statement but \(type)")
    }
    payload = try Self.decoded(members.text("payload"), "payload")
    var signatures: [Signature] = []
    for json in try members.list("signatures") {
      let members = try StatementObject(json, "a signature")
      try members.allow(["keyid", "sig"])
      signatures.append(
        Signature(
          keyID: json["keyid"]?.string ?? "", bytes: try Self.decoded(members.text("sig"), "sig")))
    }
    guard !signatures.isEmpty else {
      throw AttestationError(.malformed, "the envelope has no signature")
    }
    self.signatures = signatures
  }

  /// Only the one text that stands for some bytes is taken, with padding, in either alphabet.
  private static func decoded(
    _ text: String, _ member: String
  ) throws(AttestationError) -> [UInt8] {
    guard let bytes = Base64.decode(text),
      text == Base64.encode(bytes) || text == Base64.encode(bytes, isForURLs: true)
    else { throw AttestationError(.malformed, "\(member) of the envelope is no base64") }
    return bytes
  }
}
