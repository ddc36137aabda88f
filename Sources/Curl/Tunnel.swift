import CCurl
import Glibc
import HTTP

/// A connection that is taken over: libcurl made it, and we move its bytes in both directions.
///
/// Not Sendable: used on the curl thread alone. It neither blocks nor waits; the loop polls its
/// socket and calls `pump`.
final class Tunnel {
  /// Unretained, because it owns us.
  private unowned let transfer: Transfer
  private let exchange: Exchange
  private let socket: curl_socket_t

  /// What is to be sent, and how much of it was.
  private var outgoing: [UInt8]
  private var sentCount = 0

  /// Whether the socket takes no more for now.
  private var isSendingBlocked = false

  /// Whether there is nothing to send until `resumeSending`.
  private var isSendingPaused = false
  private var hasEndedSending = false

  /// What came and the reader had no room for.
  private var held: ArraySlice<UInt8> = []

  private var parser = ResponseHeadParser()
  private var line: [UInt8] = []
  private var hasStatusLine = false
  private var head: ResponseHead?

  /// Bytes that are still to come of an answer that refuses; nil for a connection taken over.
  private var remaining: Int?

  private static let chunk = 64 << 10

  /// The most bytes of a line of the response's head, as libcurl has it (CURL_MAX_HTTP_HEADER).
  private static let lineLimit = 100 << 10

  init(_ transfer: Transfer) throws(TransportError) {
    self.transfer = transfer
    exchange = transfer.exchange
    var socket = curl_socket_t(-1)
    guard ccurl_get_socket(transfer.easy, &socket) == CURLE_OK, socket >= 0 else {
      throw TransportError.unusable("the connection to \(exchange.endpoint.name) has no socket")
    }
    self.socket = socket
    outgoing = exchange.request.takeover(
      host: exchange.endpoint.hostField, userAgent: transfer.userAgent)
  }

  /// What the loop waits for on the socket.
  var waiting: curl_waitfd {
    let events =
      (held.isEmpty ? CURL_WAIT_POLLIN : 0) | (isSendingBlocked ? CURL_WAIT_POLLOUT : 0)
    return curl_waitfd(fd: socket, events: Int16(events), revents: 0)
  }

  /// Goes on sending at the next pass, after the upstream gave more.
  func resumeSending() { isSendingPaused = false }

  /// Moves what can be moved now.
  ///
  /// - Returns: how the exchange ended; nil when it goes on.
  func pump() -> Result<Void, any Error>? {
    do {
      guard try !receive() else { return .success(()) }
      // What came may be the answer that lets us begin.
      try send()
      return nil
    } catch {
      return .failure(error)
    }
  }
}

extension Tunnel {
  private func send() throws(TransportError) {
    isSendingBlocked = false
    while try fillOutgoing() {
      var count = 0
      let code = outgoing[sentCount...].withUnsafeBytes {
        ccurl_easy_send(transfer.easy, $0.baseAddress, $0.count, &count)
      }
      sentCount += count
      if code == CURLE_AGAIN {
        isSendingBlocked = true
        return
      }
      // An engine that has seen enough may have closed; what it said is still to be read.
      guard code == CURLE_OK else { return hasEndedSending = true }
    }
  }

  /// Returns whether there is something to send.
  private func fillOutgoing() throws(TransportError) -> Bool {
    if sentCount < outgoing.count { return !hasEndedSending }
    guard head != nil, remaining == nil, !hasEndedSending, !isSendingPaused else { return false }
    var end = false
    var pause = false
    outgoing = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
      switch exchange.supply(to: UnsafeMutableRawBufferPointer(buffer)) {
      case .bytes(let supplied): count = supplied
      case .end: (count, end) = (0, true)
      case .pause: (count, pause) = (0, true)
      }
    }
    sentCount = 0
    isSendingPaused = pause
    if end {
      hasEndedSending = true
      // The command in the container sees the end of its input; its output goes on.
      shutdown(socket, Int32(SHUT_WR))
    }
    return !outgoing.isEmpty
  }

  /// Returns whether the other side has ended.
  private func receive() throws(any Error) -> Bool {
    while deliver() {
      if remaining == 0 { return true }
      var code = CURLE_OK
      let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
        code = ccurl_easy_recv(transfer.easy, buffer.baseAddress, buffer.count, &count)
      }
      if code == CURLE_AGAIN { return false }
      guard code == CURLE_OK else {
        try transfer.outcome(of: code).get()
        return true
      }
      guard !bytes.isEmpty else {
        guard head == nil || remaining != nil else { return true }
        throw line.isEmpty ? TransportError.lost(exchange.endpoint) : noHTTP()
      }
      held = bytes[...]
      try readHead()
    }
    return false
  }

  /// Gives the reader what is held.
  ///
  /// - Returns: whether there is room for more.
  private func deliver() -> Bool {
    guard !held.isEmpty else { return true }
    guard held.withUnsafeBytes({ exchange.receive($0) }) == .taken else { return false }
    remaining = remaining.map { $0 - held.count }
    held = []
    transfer.hasNews = true
    return true
  }

  /// Takes the lines of the head off what is held.
  private func readHead() throws(TransportError) {
    while head == nil, let byte = held.popFirst() {
      line.append(byte)
      let isTooLong = line.count > Self.lineLimit
      guard byte == 0x0A || isTooLong else { continue }
      guard !isTooLong, hasStatusLine || line.starts(with: "HTTP/".utf8) else { throw noHTTP() }
      hasStatusLine = true
      if let head = line.withUnsafeBytes({ parser.take($0) }) { try begin(head) }
      line = []
    }
  }

  private func begin(_ head: ResponseHead) throws(TransportError) {
    self.head = head
    if head.status >= 300 {
      guard let length = head.headers["Content-Length"].flatMap({ Int($0) }) else {
        throw TransportError(
          .malformed, "the refusal of \(exchange.endpoint.name) does not say how long it is",
          underlying: nil)
      }
      remaining = length
    }
    _ = exchange.receive(head)
    transfer.hasNews = true
  }

  private func noHTTP() -> TransportError {
    line.withUnsafeBytes { TransportError.noHTTP($0, from: exchange.endpoint) }
  }
}
