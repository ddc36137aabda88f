import Canonical
import Foundation
import History
import Provenance
import TestSupport
import Testing

@testable import SmartContainers

/// Blames of histories that two machines went on with.
struct HandMadeBlameTests {
  private static let id = String(repeating: "ab", count: 32)

  private func snapshot(_ name: String, _ environment: [String]) -> [OperationRecord.Snapshot] {
    let value: JSONValue = [
      "Id": .string(Self.id), "Name": .string(name),
      "Config": ["Env": .array(environment.map { .string($0) })],
    ]
    return [.init(path: Snapshot.path(container: Self.id), content: value.bytes(.pretty))]
  }

  private func fields(_ name: String) -> [(String, String)] {
    [("Container", Self.id), ("Name", name)]
  }

  private func blame(
    _ history: HandMadeHistory, of word: String = HandMadeBlameTests.id
  ) async throws -> [String: FieldBlame] {
    let blame = try await history.reader().blame(word)
    return Dictionary(uniqueKeysWithValues: blame.fields.map { ($0.name, $0) })
  }

  @Test func followsBothSidesOfAMerge() async throws {
    var history = try HandMadeHistory()
    let git = { (arguments: [String]) in
      try await Command.check(
        ["git", "--git-dir=\(history.folder.path)/.sc"] + arguments,
        environment: [
          "PATH": "/usr/bin:/bin", "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x",
          "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x",
          "GIT_COMMITTER_DATE": "\(HandMadeHistory.time(9).secondsSince1970) +0000",
        ]
      ).trimmingCharacters(in: .newlines)
    }
    try history.add(1, snapshots: snapshot("web", ["A=1", "B=1", "C=1"]), fields: fields("web"))
    let base = try await git(["rev-parse", "main"])
    try history.add(
      2, snapshots: snapshot("web", ["A=2", "B=1", "C=1"]), fields: fields("web"), author: "Ada")
    let ada = try await git(["rev-parse", "main"])
    _ = try await git(["update-ref", "refs/heads/main", base])
    try history.add(
      3, snapshots: snapshot("web", ["A=1", "B=3", "C=1"]), fields: fields("web"), author: "Bob")
    let bob = try await git(["rev-parse", "main"])
    // A merge that has of both: no recorder's, but git's could.
    _ = try await git(["update-ref", "refs/heads/main", ada])
    try history.add(
      4, snapshots: snapshot("web", ["A=2", "B=3", "C=1"]), fields: fields("web"))
    let tree = try await git(["rev-parse", "main^{tree}"])
    let merge = try await git(["commit-tree", tree, "-p", ada, "-p", bob, "-m", "Merge"])
    _ = try await git(["update-ref", "refs/heads/main", merge])
    let found = try await blame(history)
    #expect(found["environment.A"]?.record?.commit == ada)
    #expect(found["environment.B"]?.record?.commit == bob)
    #expect(found["environment.C"]?.record?.commit == base)
    #expect(found["name"]?.record?.commit == base)
    #expect(found.values.filter { !$0.isCertain }.isEmpty)
  }

  /// Nobody can tell whether a secret changed that two machines redacted.
  @Test func saysWhereNobodyCanTell() async throws {
    var history = try HandMadeHistory()
    let mark = { (key: String) in
      "TOKEN=redacted:hmac-sha256:\(key):" + String(repeating: "0", count: 64)
    }
    let keys = ["00112233", "8899aabb"]
    try history.add(1, snapshots: snapshot("web", [mark(keys[0])]), fields: fields("web"))
    try history.add(2, snapshots: snapshot("shop", [mark(keys[0])]), fields: fields("shop"))
    var found = try await blame(history)
    #expect(found["environment.TOKEN"]?.record?.subject == "step 1")
    #expect(found["environment.TOKEN"]?.isCertain == true)
    try history.add(3, snapshots: snapshot("web", [mark(keys[1])]), fields: fields("web"))
    found = try await blame(history)
    #expect(found["environment.TOKEN"]?.record?.subject == "step 1")
    #expect(found["environment.TOKEN"]?.isCertain == false)
    #expect(found["name"]?.record?.subject == "step 3" && found["name"]?.isCertain == true)
  }

  /// Who uses an image that came from elsewhere set nothing of it; who pulls it brought it.
  @Test(arguments: [false, true]) func whoOnlyUsedAnImageSetNothingOfIt(isPulled: Bool) async throws
  {
    var history = try HandMadeHistory()
    let digest = SHA256Digest(of: "image".utf8)
    let iri = IRI.named(by: digest)
    let image = { (mode: String) -> [OperationRecord.Snapshot] in
      let value: JSONValue = ["Config": ["Env": [.string("MODE=" + mode)], "WorkingDir": "/srv"]]
      return [.init(path: Snapshot.path(image: digest), content: value.bytes(.pretty))]
    }
    let fields = [("Image", digest.description)]
    if isPulled {
      try history.add(
        1, [:], HandMadeHistory.made(iri, by: 1, ["@type": ["docker:Image", "prov:Entity"]]),
        snapshots: image("draft"), fields: fields)
    } else {
      try history.add(
        1, ["prov:used": .string(iri)], ["@id": .string(iri), "@type": "docker:Image"],
        snapshots: image("draft"), fields: fields)
    }
    try history.add(
      2, ["prov:used": .string(iri)], ["@id": .string(iri), "@type": "docker:Image"],
      snapshots: image("final"), fields: fields)
    let found = try await blame(history, of: digest.description)
    #expect(found["workingDirectory"]?.record?.subject == (isPulled ? "step 1" : nil))
    // What changed while it was watched is of the operation that changed it.
    #expect(found["environment.MODE"]?.record?.subject == "step 2")
    let json = try await history.reader().blame(digest.description, fields: ["workingDirectory"])
      .json["fields"]?.array?.first
    for member in ["commit", "activity", "operation", "subject", "author", "time"] {
      #expect((json?[member] == JSONValue.null) == !isPulled, "\(member)")
    }
    #expect(json?["value"] == "/srv" && json?["isCertain"] == true)
  }
}
