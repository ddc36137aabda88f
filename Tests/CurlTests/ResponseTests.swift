import Foundation
import HTTP
import Testing

@testable import Curl

@Suite(.serialized, .timeLimit(.minutes(15))) struct ResponseTests {
  @Test(arguments: [true, false])
  func handsOverStatusFieldsAndBody(isUnix: Bool) async throws {
    let peer = try Peer(isUnix: isUnix)
    try await peer.transport().withResponse(to: .get("/hello")) { response in
      #expect(response.status == 200)
      #expect(response.headers["content-length"] == "5")
      #expect(response.headers.fields.filter { $0.name.lowercased() == "x-twice" }.count == 2)
      let body = try await response.body.collect()
      #expect(body == Array("hello".utf8))
    }
  }

  @Test(arguments: [("/chunked", "abcdefg"), ("/close", "to the end"), ("/interim", "final")])
  func readsBodiesOfEveryFraming(_ target: String, _ body: String) async throws {
    let peer = try Peer()
    #expect(try await peer.transport().text(.get(target)) == body)
  }

  @Test func answersHEADWithoutABody() async throws {
    let peer = try Peer()
    let transport = peer.transport()
    try await transport.withResponse(to: HTTPRequest(method: "HEAD", target: "/hello")) {
      #expect($0.headers["Content-Length"] == "5")
      let body = try await $0.body.collect()
      #expect(body.isEmpty)
    }
    #expect(try await transport.text(.get("/connection")) == "1")
  }

  @Test func sendsTheTargetAndFieldsAsGivenAndNoOthers() async throws {
    let peer = try Peer()
    let target = "/request?filters=%7B%22a%22%3A%5B%22..%2F%22%5D%7D&x=a/../b"
    let text = try await peer.transport().text(
      HTTPRequest(method: "DELETE", target: target, headers: ["X-Empty": "", "X-Name": "v"]))
    let answer = try JSONDecoder().decode(SeenRequest.self, from: Data(text.utf8))
    #expect(answer.query == "filters=%7B%22a%22%3A%5B%22..%2F%22%5D%7D&x=a/../b")
    #expect(answer.method == "DELETE")
    #expect(
      answer.fields
        == ["Host": "localhost", "User-Agent": "test/1", "X-Empty": "", "X-Name": "v"])
  }

  @Test(arguments: [
    HTTPRequest(method: "GET", target: "/a b"), HTTPRequest(method: "GET", target: "a"),
    HTTPRequest(method: "GET /x", target: "/a"),
    HTTPRequest(method: "GET", target: "/a", headers: ["X": "1\r\nY: 2"]),
    HTTPRequest(method: "GET", target: "/a", headers: ["X: Y": "1"]),
  ])
  func refusesRequestsThatWouldSmuggle(_ request: HTTPRequest) async throws {
    let peer = try Peer()
    #expect(await peer.transport().failure(request) == .other)
  }

  @Test func handsOverTheHeaderBeforeTheBodyIsThere() async throws {
    let peer = try Peer()
    try await peer.transport().withResponse(to: .get("/patient?go", limits: .patient)) {
      #expect($0.status == 200)
      try await peer.release("go")
      let body = try await $0.body.collect()
      #expect(body == Array("done".utf8))
    }
  }

  @Test func keepsConnections() async throws {
    let peer = try Peer()
    let transport = peer.transport()
    for _ in 0..<3 { #expect(try await transport.text(.get("/connection")) == "1") }
  }

  @Test func closesTheConnectionOfABodyThatIsNotRead() async throws {
    let peer = try Peer()
    let transport = peer.transport()
    let status = try await transport.withResponse(to: .get("/abandon")) { $0.status }
    #expect(status == 200)
    #expect(try await peer.fact("abandoned") == 1)
    #expect(try await transport.text(.get("/hello")) == "hello")
  }

  @Test(arguments: ["/abandon", "/hello"])
  func endsTheBodyWithItsScope(_ target: String) async throws {
    let peer = try Peer()
    let body = try await peer.transport().withResponse(to: .get(target)) { $0.body }
    await #expect {
      for try await _ in body {}
    } throws: {
      ($0 as? TransportError)?.code == .cancelled
    }
  }

  @Test(arguments: ["512", "1"])
  func runsAHundredRequestsAtOnce(backlog: String) async throws {
    let peer = try Peer(["backlog": backlog])
    let transport = peer.transport()
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<100 { group.addTask { try await transport.text(.get("/barrier?100")) } }
      for try await answer in group { #expect(answer == "together") }
    }
  }

  @Test func stallsTheSenderWhileNobodyReads() async throws {
    let peer = try Peer()
    let size = 64 << 20
    // The stall is longer than the limit: a slow reader is no silent engine.
    let limits = HTTPTimeLimits(idle: .seconds(1))
    try await peer.transport().withResponse(to: .get("/stall?\(size),1.5", limits: limits)) {
      let sent = try await peer.fact("stalled")
      #expect(sent < 4 << 20)
      var count = 0
      for try await chunk in $0.body { count += chunk.count }
      #expect(count == size)
    }
  }
}

/// What the server saw of a request.
struct SeenRequest: Codable {
  var method: String
  var query: String
  var fields: [String: String]
  var size: Int
  var digest: String
}
