import Canonical
import Foundation
import SystemPackage
import TestSupport
import Testing

/// A history with keys that may sign, and those who read what is attested of it.
final class AttestationScene: Sendable {
  /// The kinds of keys, as `ssh-keygen -t` has them.
  static let keys = ["ed25519", "ecdsa", "rsa"]

  let bench: Workbench
  let engine: TestEngine

  init() async throws {
    engine = try await TestEngine.shared()
    bench = try await Workbench(engine: engine)
    var allowed = ""
    for kind in Self.keys {
      try await Command.check([
        "ssh-keygen", "-q", "-t", kind, "-N", "", "-C", kind, "-f", path(kind),
      ])
      allowed += "\(kind)@lab \(try text(kind + ".pub"))"
    }
    try bench.folder.write(allowed, to: "allowed")
    try await bench.check("config", "set", "signing.allowedSigners", path("allowed"))
  }

  func path(_ name: String) -> String { bench.folder.path.appending(name).string }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// Attests with a key.
  func attest(_ activity: String, with key: String, to file: String) async throws {
    let result = try await bench.sc(
      "--set", "signing.key=\(path(key))", "attest", activity, "-o", file)
    try #require(result.status == 0, "\(result.error)")
  }

  /// Builds an image of a Dockerfile and runs it, and returns its name.
  func buildAndRun() async throws -> String {
    let image = try await engine.image("attested")
    let made = Workbench.name("made") + ":1"
    try bench.folder.write("FROM \(image)\nLABEL a=b\nCOPY data /data\n", to: "context/Dockerfile")
    try bench.folder.write("1\n", to: "context/data")
    try await bench.check(
      "image", "build", "-q", "-t", made, "--build-arg", "API_TOKEN=t0k3n-V4lue-99", "context")
    try bench.folder.write("b\na\n", to: "in")
    try await bench.check(
      "run", "--rm", "-i", "in", "-o", "out", made, "sh", "-c", "sort in > out; echo done")
    return made
  }

  /// What other people's programs say of an envelope: the signature by securesystemslib, the statement
  /// and its predicate by the in-toto attestation framework.
  func read(_ file: String, signedWith key: String) async throws -> JSONValue? {
    guard let python = Project.python else { return nil }
    let result = try await bench.run(
      [python.string, "-c", Self.reader, path(file), path(key + ".pub")])
    try #require(result.status == 0, "\(result.error)")
    return try JSONValue(parsing: result.outputBytes)
  }

  private static let reader = """
    import json, sys
    from cryptography.hazmat.primitives.serialization import load_ssh_public_key
    from google.protobuf import json_format
    from in_toto_attestation.predicates.link.v0 import link_pb2
    from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
    from in_toto_attestation.v1 import statement_pb2
    from in_toto_attestation.v1.statement import Statement
    from securesystemslib.dsse import Envelope
    from securesystemslib.signer import SSlibKey

    public = load_ssh_public_key(open(sys.argv[2], "rb").read())
    scheme = "rsa-pkcs1v15-sha256" if "RSA" in type(public).__name__ else None
    key = SSlibKey.from_crypto(public, scheme=scheme)
    envelope = Envelope.from_dict(json.loads(open(sys.argv[1]).read()))
    assert set(envelope.verify([key], 1)) == {key.keyid}
    parsed = json_format.Parse(envelope.payload, statement_pb2.Statement())
    Statement.copy_from_pb(parsed).validate()
    statement = json.loads(envelope.payload)
    messages = {
        "https://slsa.dev/provenance/v1": provenance_pb2.Provenance,
        "https://in-toto.io/attestation/link/v0.3": link_pb2.Link,
    }
    json_format.ParseDict(statement["predicate"], messages[statement["predicateType"]]())
    print(json.dumps(statement))
    """
}
