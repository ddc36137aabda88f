import Foundation
import Glibc
import HTTP
import Testing

@testable import Curl

/// How exchanges and transports end other than by themselves.
@Suite(.serialized, .timeLimit(.minutes(15))) struct EndTests {
  @Test func aCancelledTaskClosesTheConnectionAtOnce() async throws {
    let peer = try Peer()
    let transport = peer.transport()
    let task = Task { await transport.failure(.get("/silent", limits: .patient)) }
    #expect(try await peer.fact("silent") == 1)
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(try await peer.fact("silent-closed") == 1)
  }

  @Test func aTaskCancelledBeforeItBeginsSendsNothing() async throws {
    let peer = try Peer()
    let transport = peer.transport()
    let code = await withTaskGroup(of: TransportError.Code?.self) { group in
      group.cancelAll()
      group.addTask { await transport.failure(.get("/silent")) }
      return await group.next() ?? nil
    }
    #expect(code == .cancelled)
    #expect(try await transport.text(.get("/connection")) == "1")
  }

  @Test func aTaskCancelledWhileReadingEndsTheExchange() async throws {
    let peer = try Peer()
    let transport = peer.transport()
    let (begun, isBegun) = AsyncStream<Void>.makeStream()
    let task = Task {
      do {
        try await transport.withResponse(to: .get("/abandon", limits: .patient)) {
          for try await _ in $0.body { isBegun.finish() }
        }
        return TransportError.Code?.none
      } catch {
        return (error as? TransportError)?.code
      }
    }
    for await _ in begun {}
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(try await peer.fact("abandoned") == 1)
  }

  @Test func silenceBeyondTheLimitEndsTheExchange() async throws {
    let peer = try Peer()
    let limits = HTTPTimeLimits(idle: .milliseconds(100))
    #expect(await peer.transport().failure(.get("/silent", limits: limits)) == .idleTimeout)
    #expect(try await peer.fact("silent-closed") == 1)
  }

  @Test func silenceAmidABodyEndsTheExchange() async throws {
    let peer = try Peer()
    let limits = HTTPTimeLimits(idle: .milliseconds(100))
    #expect(await peer.transport().failure(.get("/abandon", limits: limits)) == .idleTimeout)
  }

  @Test func anEngineThatTakesNothingIsSilent() async throws {
    let peer = try Peer()
    let source = UploadTests.Source(chunks: 1024)
    let request = HTTPRequest(
      method: "POST", target: "/upload-stall", body: .stream(length: nil, next: source.next),
      limits: HTTPTimeLimits(idle: .milliseconds(300)))
    #expect(await peer.transport().failure(request) == .idleTimeout)
    #expect(source.taken.withLock { $0 } < 64)
  }

  @Test func aSlowStreamIsNoSilentEngine() async throws {
    let peer = try Peer()
    let request = HTTPRequest(
      method: "POST", target: "/discard",
      body: .stream(
        length: 0x10000,
        next: {
          _ = try await peer.transport().withResponse(to: .get("/stall?33554432,1.5")) { response in
            _ = try await peer.fact("stalled")
          }
          return [UInt8](repeating: 0, count: 0x10000)
        }),
      limits: HTTPTimeLimits(idle: .seconds(1)))
    #expect(try await peer.transport().text(request) == "65536")
  }

  @Test(arguments: [true, false])
  func aFullBacklogIsAConnectTimeout(isUnix: Bool) async throws {
    let peer = try Peer(["full": "yes"], isUnix: isUnix)
    let limits = HTTPTimeLimits(connect: .milliseconds(200))
    #expect(await peer.transport().failure(.get("/hello", limits: limits)) == .connectTimeout)
  }

  @Test func theThreadStartsWithTheFirstRequestAndEndsWithTheTransport() async throws {
    await #expect(processExitsWith: .success) {
      func threads() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count { task in
          let name = try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8)
          return name == "\(CurlThread.name)\n"
        }
      }
      func descriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
      }
      let peer = try Peer()
      let before = try descriptors()
      var transport: CurlTransport? = peer.transport()
      #expect(try threads() == 0)
      let answer = try await transport?.text(.get("/hello"))
      #expect(answer == "hello")
      #expect(try threads() == 1)
      transport = nil
      #expect(try threads() == 0)
      #expect(try descriptors() == before)
    }
  }
}
