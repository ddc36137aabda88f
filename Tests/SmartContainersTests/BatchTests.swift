import Canonical
import HTTP
import History
import Testing

@testable import SmartContainers

/// The messages of the Git LFS batch API.
@Suite struct BatchTests {
  private let content = LargeContent(digest: SHA256Digest(of: "a".utf8), byteCount: 1)

  private func request(_ direction: ContentDirection = .download) -> BatchRequest {
    BatchRequest(direction: direction, objects: [content], reference: "refs/heads/main")
  }

  private func plan(
    _ members: String, _ direction: ContentDirection = .download
  ) throws -> BatchResponse.Plan? {
    let object = #"{"oid": "\#(content.digest.hexadecimal)", "size": 1, \#(members)}"#
    return try BatchResponse(
      parsing: Array(#"{"transfer": "basic", "objects": [\#(object)]}"#.utf8),
      to: request(direction)
    ).plans[content]
  }

  private func failure(
    _ members: String, _ direction: ContentDirection = .download
  ) throws -> ContentError? {
    guard case .failure(let error) = try plan(members, direction) else { return nil }
    return error
  }

  @Test func asksAsTheSpecificationHasIt() {
    #expect(
      request(.upload).json == [
        "operation": "upload", "transfers": ["basic"], "ref": ["name": "refs/heads/main"],
        "hash_algo": "sha256",
        "objects": [["oid": .string(content.digest.hexadecimal), "size": 1]],
      ])
  }

  @Test func readsActions() throws {
    let plan = try plan(
      """
      "authenticated": true, "actions": {
        "upload": {"href": "https://s.example/a?b", "header": {
          "X-Key": "1", "Content-Length": "5", "Transfer-Encoding": "chunked"}},
        "verify": {"href": "https://s.example/v"}}
      """, .upload)
    guard case .transfer(let action, let verify, let isAuthenticated) = plan else {
      Issue.record("\(String(describing: plan))")
      return
    }
    #expect(action.address.text == "https://s.example/a?b")
    #expect(action.headers == ["X-Key": "1"])
    #expect(action.isChunked && isAuthenticated)
    #expect(verify?.address.text == "https://s.example/v")
  }

  @Test func knowsWhatTheServerHas() throws {
    guard case .nothing = try plan(#""actions": null"#, .upload) else {
      Issue.record("it wants an upload")
      return
    }
    #expect(try failure(#""actions": {}"#)?.kind == .refused)
  }

  @Test func tellsErrorsOfObjects() throws {
    for (code, kind) in [
      (404, ContentError.Kind.missing), (410, .missing), (422, .refused), (403, .refused),
      (503, .transient), (429, .transient), (401, .authentication),
    ] {
      let error = try failure(#""error": {"code": \#(code), "message": "because"}"#)
      #expect(error?.kind == kind)
      #expect(error?.message.hasSuffix("(\(code)): because") == true)
    }
  }

  @Test func refusesWhatMakesNoSense() throws {
    #expect(throws: ContentError.self) {
      try BatchResponse(parsing: Array("<html>".utf8), to: request())
    }
    #expect(throws: ContentError.self) {
      try BatchResponse(parsing: Array("{}".utf8), to: request())
    }
    for text in [
      #"{"transfer": "tus", "objects": []}"#, #"{"hash_algo": "sha512", "objects": []}"#,
    ] {
      #expect(throws: ContentError.self) {
        try BatchResponse(parsing: Array(text.utf8), to: request())
      }
    }
    // What was asked for and not answered, and an answer to nobody's question.
    let other = #"{"objects": [{"oid": "x"}, 1]}"#
    let plans = try BatchResponse(parsing: Array(other.utf8), to: request()).plans
    guard plans.count == 1, case .failure = plans[content] else {
      Issue.record("\(plans)")
      return
    }
    for action in [
      "{}", #"{"href": "file:///etc/passwd"}"#, #"{"href": "/relative"}"#,
      #"{"href": "https://s.example", "header": {"a": "b\r\nc: d"}}"#,
      #"{"href": "https://s.example", "header": {"a b": "c"}}"#,
    ] {
      #expect(try failure(#""actions": {"download": \#(action)}"#)?.kind == .refused)
    }
  }

  @Test func readsWhatLetsInOverSSH() throws {
    let fallback = try WebAddress("https://h.example/x.git/info/lfs")
    let text = #"{"href": "", "header": {"Authorization": "token"}, "expires_in": 3600}"#
    let access = try ContentAccess(parsing: Array(text.utf8), fallback: fallback)
    #expect(access.address == fallback && access.headers == ["Authorization": "token"])
    #expect(access.isFresh)
    let old = #"{"href": "https://o.example/l", "expires_in": 1}"#
    let other = try ContentAccess(parsing: Array(old.utf8), fallback: fallback)
    #expect(other.address.text == "https://o.example/l" && !other.isFresh)
    #expect(throws: (any Error).self) {
      try ContentAccess(parsing: Array("Welcome!".utf8), fallback: fallback)
    }
  }
}
