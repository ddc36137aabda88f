import HTTP
import Testing

@testable import Curl

struct StateTests {
  private static let plain = HTTPEndpoint.tcp(host: "h", port: 1, tls: nil)

  private func head(of lines: [String]) -> ResponseHead? {
    var parser = ResponseHeadParser()
    var heads: [ResponseHead] = []
    for line in lines {
      Array((line + "\r\n").utf8).withUnsafeBytes { bytes in
        if let head = parser.take(bytes) { heads.append(head) }
      }
    }
    return heads.count == 1 ? heads.first : nil
  }

  private func receive(_ text: String, _ state: inout ExchangeState) -> ExchangeState.Reception {
    Array(text.utf8).withUnsafeBytes { state.receive($0) }
  }

  @Test func skipsInterimHeadsAndTrailers() {
    let head = head(of: [
      "HTTP/1.1 103 Early Hints", "Link: x", "", "HTTP/1.1 204 No Content", "A:  b \t", "C:", "",
      "Trailer: t", "",
    ])
    #expect(head?.status == 204)
    #expect(head?.headers == ["A": "b", "C": ""])
  }

  @Test func stallsAtTheCapacityAndGoesOnWhenRead() {
    var state = ExchangeState(.none, endpoint: .unix("/s"))
    _ = state.receive(ResponseHead(isVersionOneZero: false, status: 200, headers: [:]))
    let quarter = String(repeating: "x", count: ExchangeState.capacity / 4)
    for _ in 0..<4 { #expect(receive(quarter, &state) == .taken) }
    #expect(receive("y", &state) == .pause)
    guard case .chunk(let bytes, resume: true) = state.take() else {
      Issue.record("libcurl is not told to go on")
      return
    }
    #expect(bytes.count == ExchangeState.capacity)
    #expect(receive("y", &state) == .taken)
    guard case .chunk(_, resume: false) = state.take() else {
      Issue.record("libcurl is told without need")
      return
    }
  }

  @Test func countsOnlyTheFirstEnd() {
    var state = ExchangeState(.none, endpoint: .unix("/s"))
    state.finish(.failure(TransportError.cancelled(.unix("/s"))))
    state.finish(.success(()))
    guard case .failure = state.take() else {
      Issue.record("the first end is lost")
      return
    }
  }

  @Test(arguments: [
    ("Client sent an HTTP request to an HTTPS server.\n", false), ("Bad", true),
    ("Client sent an HTTP request to an HTTPS server.\n and more", true), ("", true),
  ])
  func takesOnlyGosOwnWordsForTLS(_ body: String, isAnswer: Bool) {
    var state = ExchangeState(.none, endpoint: Self.plain)
    _ = state.receive(ResponseHead(isVersionOneZero: true, status: 400, headers: [:]))
    #expect(state.head == nil)
    _ = receive(body, &state)
    state.finish(.success(()))
    #expect((state.head != nil) == isAnswer)
  }

  @Test func goesBackOnlyWithinTheFirstChunk() throws {
    var upload = UploadState(.stream(length: nil, next: { nil }))
    var buffer = [UInt8](repeating: 0, count: 4)
    #expect(buffer.withUnsafeMutableBytes { upload.supply(to: $0) } == .pause)
    try upload.offer([1, 2, 3])
    #expect(upload.resume() == true)
    #expect(buffer.withUnsafeMutableBytes { upload.supply(to: $0) } == .bytes(3))
    #expect(upload.rewind() == true)
    #expect(buffer.withUnsafeMutableBytes { upload.supply(to: $0) } == .bytes(3))
    // One chunk is made ready ahead.
    #expect(upload.wantsChunk)
    try upload.offer([4])
    #expect(!upload.wantsChunk)
    #expect(upload.rewind() == true)
    #expect(buffer.withUnsafeMutableBytes { upload.supply(to: $0) } == .bytes(3))
    #expect(buffer.withUnsafeMutableBytes { upload.supply(to: $0) } == .bytes(1))
    #expect(upload.rewind() == false)
    #expect(buffer == [4, 2, 3, 0])
  }

  @Test(arguments: [
    ("OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required", 1116),
    ("error:0A00010B:SSL routines::wrong version number", 267), ("error:80000002:system", nil),
    ("error: none", nil), ("", nil), ("x:0A00010B:", nil),
  ])
  func readsOpenSSLsNumbers(_ text: String, _ reason: Int?) {
    #expect(OpenSSLError(in: text)?.reason == reason)
  }

  @Test func roundsDurationsUpToMilliseconds() {
    #expect(Duration.zero.milliseconds == 1)
    #expect(Duration.microseconds(1001).milliseconds == 2)
    #expect(Duration.seconds(1 << 40).milliseconds == Int32.max)
  }
}
