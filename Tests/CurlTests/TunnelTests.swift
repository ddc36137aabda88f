import Foundation
import HTTP
import Synchronization
import Testing

@testable import Curl

@Suite(.serialized, .timeLimit(.minutes(15))) struct TunnelTests {
  private struct Broken: Error {}

  private func peer(tls certificates: Certificates?) throws -> Peer {
    guard let certificates else { return try Peer() }
    return try Peer(
      [
        "certificate": certificates.file("server.crt").string,
        "key": certificates.file("server.key").string,
        "authority": certificates.file("ca.crt").string,
      ], isUnix: false, tls: certificates.files())
  }

  private func takeover(
    _ target: String, next: @escaping @Sendable () async throws -> [UInt8]?
  ) -> HTTPRequest {
    HTTPRequest(
      method: "POST", target: target, headers: ["X-Sent": "yes"], body: .bytes(Array("{}".utf8)),
      upstream: next, limits: .patient)
  }

  /// Chunks of that size; nil at the end.
  private func source(chunks: Int, of size: Int) -> @Sendable () async throws -> [UInt8]? {
    let source = UploadTests.Source(chunks: chunks, of: size)
    return source.next
  }

  @Test(arguments: [false, true], ["101", "200"])
  func movesBytesInBothDirectionsUntilBothHaveEnded(isTLS: Bool, status: String) async throws {
    let peer = try peer(tls: isTLS ? Certificates.shared.get() : nil)
    let text = try await peer.transport().text(
      takeover("/echo?\(status)", next: source(chunks: 40, of: 100_001)))
    #expect(text.utf8.count == 40 * 100_001 + 4)
    // The other side saw the end of our input before it ended its own.
    #expect(text.hasSuffix("ends"))
    let seen = try await peer.transport().text(.get("/upgrade"))
    #expect(seen == "POST Upgrade tcp yes {}")
  }

  @Test func waitsForAnAnswerBeforeItSends() async throws {
    let peer = try Peer()
    let asked = Mutex(0)
    let request = takeover("/refuse") {
      asked.withLock { $0 += 1 }
      return [1]
    }
    let (status, bytes) = try await peer.transport().withResponse(to: request) {
      ($0.status, try await $0.body.collect())
    }
    #expect(status == 404)
    #expect(bytes == Array("no such".utf8))
    #expect(asked.withLock { $0 } == 0)
  }

  @Test(arguments: [
    ("/nothing", TransportError.Code.lost), ("/garbage", .malformed), ("/half-line", .malformed),
    ("/unmeasured", .malformed),
  ])
  func saysWhatIsWrongWithAnAnswer(_ target: String, _ code: TransportError.Code) async throws {
    let peer = try Peer()
    #expect(await peer.transport().failure(takeover(target) { nil }) == code)
  }

  @Test func endsWhenTheOtherSideDoesAlthoughThereIsNoInput() async throws {
    let peer = try Peer()
    let isCancelled = Mutex(false)
    let text = try await peer.transport().text(
      takeover("/farewell") {
        try await peer.release("asked")
        try? await Task.sleep(for: .seconds(600))
        isCancelled.withLock { $0 = Task.isCancelled }
        return nil
      })
    #expect(text == "farewell")
    #expect(isCancelled.withLock { $0 })
  }

  @Test func throwsWhatTheInputThrows() async throws {
    let peer = try Peer()
    await #expect(throws: Broken.self) {
      _ = try await peer.transport().text(takeover("/echo?101") { throw Broken() })
    }
  }

  @Test func stallsBothSidesWithTheirReaders() async throws {
    let peer = try Peer()
    let source = UploadTests.Source(chunks: 2000)
    let count = try await peer.transport().withResponse(
      to: takeover("/echo?101", next: source.next)
    ) { response in
      // Nobody reads: the echo stalls, and so does what is sent to it.
      var before = -1
      while before != source.taken.withLock({ $0 }) {
        before = source.taken.withLock { $0 }
        try await Task.sleep(for: .milliseconds(300))
      }
      #expect(before < 200)
      return try await response.body.reduce(0) { $0 + $1.count }
    }
    #expect(count == (2000 << 16) + 4)
  }

  @Test func givesUpAtOnceWhenCancelled() async throws {
    let peer = try Peer()
    let transport = peer.transport()
    let task = Task {
      await transport.failure(takeover("/silent") { nil })
    }
    #expect(try await peer.fact("silent") == 1)
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(try await peer.fact("silent-closed") == 1)
  }
}
