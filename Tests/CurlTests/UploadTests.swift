import Canonical
import Foundation
import HTTP
import Synchronization
import Testing

@testable import Curl

@Suite(.serialized, .timeLimit(.minutes(15))) struct UploadTests {
  /// A stream of chunks of 64 KiB that counts what was taken.
  final class Source: Sendable {
    let taken = Mutex(0)
    let total: Int
    let size: Int

    init(chunks total: Int, of size: Int = 1 << 16) {
      self.total = total
      self.size = size
    }

    @Sendable func next() async throws -> [UInt8]? {
      taken.withLock { taken in
        guard taken < total else { return nil }
        taken += 1
        return [UInt8](repeating: UInt8(truncatingIfNeeded: taken), count: size)
      }
    }
  }

  private struct Broken: Error {}

  @Test(arguments: [true, false])
  func sendsAStreamWithAndWithoutItsLength(hasLength: Bool) async throws {
    let peer = try Peer()
    let source = Source(chunks: 100, of: 30_001)
    let text = try await peer.transport().text(
      .post("/request", .stream(length: hasLength ? 3_000_100 : nil, next: source.next)))
    let seen = try JSONDecoder().decode(SeenRequest.self, from: Data(text.utf8))
    let bytes = (1...100).flatMap { [UInt8](repeating: UInt8($0), count: 30_001) }
    #expect(seen.size == 3_000_100)
    #expect("sha256:\(seen.digest)" == SHA256Digest(of: bytes).description)
    #expect(seen.fields["Content-Length"] == (hasLength ? "3000100" : nil))
    #expect(seen.fields["Transfer-Encoding"] == (hasLength ? nil : "chunked"))
    #expect(seen.fields["Expect"] == nil)
  }

  @Test(arguments: [
    (HTTPRequestBody.none, 0), (.bytes([]), 0), (.bytes(Array("abc".utf8)), 3),
    (.stream(length: 0, next: { nil }), 0),
  ])
  func sendsBytesWithTheirLength(_ body: HTTPRequestBody, _ size: Int) async throws {
    let peer = try Peer()
    let text = try await peer.transport().text(.post("/request", body))
    let seen = try JSONDecoder().decode(SeenRequest.self, from: Data(text.utf8))
    #expect(seen.size == size)
    #expect(seen.fields["Content-Length"] == "\(size)")
  }

  @Test func asksForNoMoreThanTheEngineTakes() async throws {
    let peer = try Peer()
    let source = Source(chunks: 1024)
    async let answer = peer.transport().text(
      .post("/upload-stall", .stream(length: nil, next: source.next)))
    #expect(try await peer.fact("upload-stalled") == 1)
    #expect(source.taken.withLock { $0 } < 64)
    try await peer.release("read-on")
    let seen = try JSONDecoder().decode(SeenRequest.self, from: Data(try await answer.utf8))
    #expect(seen.size == 1024 << 16)
  }

  @Test func throwsWhatTheStreamThrows() async throws {
    let peer = try Peer()
    let source = Source(chunks: 3)
    await #expect(throws: Broken.self) {
      try await peer.transport().text(
        .post(
          "/request",
          .stream(length: nil) {
            guard let chunk = try await source.next() else { throw Broken() }
            return chunk
          }))
    }
  }

  @Test(arguments: [2, 4])
  func refusesAStreamOfAnotherLength(chunks: Int) async throws {
    let peer = try Peer()
    let source = Source(chunks: chunks, of: 80)
    #expect(
      await peer.transport().failure(
        .post("/request", .stream(length: 300, next: source.next))) == .other)
  }

  @Test(arguments: [true, false])
  func readsAnEarlyAnswerInTheMiddleOfAnUpload(isUnix: Bool) async throws {
    let peer = try Peer(isUnix: isUnix)
    let transport = peer.transport()
    for hasLength in [true, false, true, false] {
      let source = Source(chunks: 1 << 14)
      try await transport.withResponse(
        to: .post(
          "/early", .stream(length: hasLength ? 1 << 30 : nil, next: source.next))
      ) {
        #expect($0.status == 404)
        let body = String(decoding: try await $0.body.collect(), as: UTF8.self)
        #expect(body == #"{"message":"enough"}"#)
      }
      #expect(source.taken.withLock { $0 } < 1 << 14)
    }
  }

  @Test(arguments: [true, false])
  func readsASuccessThatComesBeforeTheUploadEnds(hasLength: Bool) async throws {
    let peer = try Peer()
    let source = Source(chunks: 1 << 14)
    let text = try await peer.transport().text(
      .post("/early?ok", .stream(length: hasLength ? 1 << 30 : nil, next: source.next)))
    #expect(text == #"{"message":"enough"}"#)
    #expect(source.taken.withLock { $0 } < 1 << 14)
  }

  @Test func aStreamThatIsCancelledIsCancelled() async throws {
    let peer = try Peer()
    let transport = peer.transport()
    let (never, isAsked) = (AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream())
    let task = Task {
      await transport.failure(
        .post(
          "/request",
          .stream(length: nil) {
            isAsked.continuation.finish()
            for await _ in never.stream {}
            throw CancellationError()
          }))
    }
    for await _ in isAsked.stream {}
    task.cancel()
    #expect(await task.value == .cancelled)
  }

  @Test func readsAnAnswerThatBeginsDuringTheUpload() async throws {
    let peer = try Peer()
    let source = Source(chunks: 1024)
    try await peer.transport().withResponse(
      to: .post("/duplex", .stream(length: nil, next: source.next))
    ) {
      var body = $0.body.makeAsyncIterator()
      let first = try await body.next()
      #expect(first == Array("begin".utf8))
      #expect(source.taken.withLock { $0 } < 1024)
      try await peer.release("begun")
      let last = try await body.next()
      #expect(last == Array("\(1024 << 16)".utf8))
    }
  }

  @Test func readsAnEarlyAnswerWhileTheStreamIsSlow() async throws {
    let peer = try Peer()
    let gate = AsyncStream<Void>.makeStream()
    let status = try await peer.transport().withResponse(
      to: .post(
        "/early",
        .stream(length: nil) {
          for await _ in gate.stream {}
          return [1]
        })
    ) {
      _ = try await $0.body.collect()
      return $0.status
    }
    #expect(status == 404)
  }

  @Test func doesNotRepeatAPOSTOnADeadConnection() async throws {
    let peer = try Peer()
    let transport = peer.transport()
    _ = try await transport.text(.post("/die", .none))
    #expect(await transport.failure(.post("/die", .none)) == .lost)
    #expect(try await peer.fact("requests/die") == 2)
  }
}
