import CCurl
import Foundation
import Glibc
import HTTP
import SystemPackage
import Testing

@testable import Curl

@Suite(.serialized, .timeLimit(.minutes(15))) struct FailureTests {
  private func failure(at endpoint: HTTPEndpoint, _ target: String = "/hello") async
    -> TransportError?
  {
    do {
      _ = try await CurlTransport(endpoint: endpoint, userAgent: "test").text(.get(target))
      return nil
    } catch {
      return error as? TransportError
    }
  }

  @Test func noSocket() async throws {
    let scratch = try ScratchDirectory()
    let path = scratch.path.appending("none")
    let error = await failure(at: .unix(path))
    #expect(error?.code == .noSocket)
    #expect(error?.message == "there is no socket at \(path)")
  }

  @Test func aSocketWithoutAServerRefuses() async throws {
    let scratch = try ScratchDirectory()
    let path = scratch.path.appending("s")
    #expect(FileManager.default.createFile(atPath: path.string, contents: nil))
    #expect(await failure(at: .unix(path))?.code == .refused)
  }

  @Test func aPortWithoutAServerRefuses() async throws {
    let endpoint: HTTPEndpoint
    do { endpoint = try Peer(isUnix: false).endpoint }
    #expect(await failure(at: endpoint)?.code == .refused)
  }

  @Test func aSocketOfOthersMayNotBeOpened() async throws {
    let peer = try Peer()
    guard case .unix(let path) = peer.endpoint else { return }
    let socket = path.string
    #expect(chmod(peer.directory.path.string, 0o700) == 0)
    await #expect(processExitsWith: .success) { [socket = socket as String] in
      // The test may run as root, whom no permission stops.
      if getuid() == 0 { #expect(setuid(65534) == 0) }
      let transport = CurlTransport(endpoint: .unix(FilePath(socket)), userAgent: "test")
      let code = await transport.failure(.get("/hello"))
      #expect(code == .permissionDenied)
    }
  }

  @Test func aHostThatCannotBe() async {
    // A label of 64 letters is refused before anybody is asked (RFC 1035, 2.3.4).
    let host = String(repeating: "a", count: 64) + ".test"
    #expect(await failure(at: .tcp(host: host, port: 1, tls: nil))?.code == .unknownHost)
  }

  @Test(arguments: ["", "a/b", "a@b", "a b", "a%41"])
  func aHostThatIsNone(_ host: String) async {
    #expect(await failure(at: .tcp(host: host, port: 1, tls: nil))?.code == .other)
  }

  @Test func aPathLongerThanASockets() async {
    let path = FilePath("/" + String(repeating: "a", count: 107))
    #expect(await failure(at: .unix(path))?.code == .other)
  }

  @Test(arguments: [
    ("/half", TransportError.Code.lost), ("/half-chunk", .lost), ("/half-chunks", .lost),
    ("/half-head", .malformed), ("/nothing", .lost), ("/garbage", .malformed),
    ("/bad-chunk", .malformed),
  ])
  func brokenAnswers(_ target: String, _ code: TransportError.Code) async throws {
    let peer = try Peer()
    #expect(await failure(at: peer.endpoint, target)?.code == code)
  }

  @Test func whatCameBeforeALossIsRead() async throws {
    let peer = try Peer()
    try await peer.transport().withResponse(to: .get("/half")) { response in
      var body = response.body.makeAsyncIterator()
      let first = try await body.next()
      #expect(first == Array("half".utf8))
      await #expect(throws: TransportError.self) { _ = try await response.body.collect() }
    }
  }

  @Test(arguments: ["go_tls_notice", "tls_alert"])
  func aServerThatWantsTLS(_ answer: String) async throws {
    let peer = try Peer(["raw": answer], isUnix: false)
    #expect(await failure(at: peer.endpoint)?.code == .tlsMismatch)
  }

  /// Source: connect(2); libcurl-errors(3).
  @Test(arguments: [
    (CURLE_COULDNT_CONNECT, EACCES, TransportError.Code.permissionDenied),
    (CURLE_COULDNT_CONNECT, ENOTDIR, .noSocket),
    (CURLE_COULDNT_CONNECT, ETIMEDOUT, .connectTimeout),
    (CURLE_COULDNT_CONNECT, EMFILE, .other), (CURLE_RECV_ERROR, ECONNRESET, .lost),
    (CURLE_SEND_ERROR, EPIPE, .lost), (CURLE_OUT_OF_MEMORY, 0, .other),
  ])
  func codesOfTheLibraryAndTheSystem(
    _ code: CURLcode, _ error: Int32, _ meaning: TransportError.Code
  ) {
    let failure = CurlFailure(code: code, systemError: error)
    #expect(TransportError(failure, at: .unix("/s"), limits: .default).code == meaning)
  }
}
