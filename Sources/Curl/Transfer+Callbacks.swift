import CCurl
import HTTP

extension Transfer {
  /// Installs what libcurl calls, always on the curl thread and inside one of our calls.
  func installCallbacks() throws(TransportError) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    try check(
      ccurl_set_write(
        easy,
        { bytes, size, count, context in
          Transfer.of(context)?.receive(UnsafeRawBufferPointer(start: bytes, count: size * count))
            ?? 0
        }, context))
    try check(
      ccurl_set_header(
        easy,
        { bytes, size, count, context in
          Transfer.of(context)?.receiveLine(
            UnsafeRawBufferPointer(start: bytes, count: size * count))
          return size * count
        }, context))
    try check(
      ccurl_set_read(
        easy,
        { bytes, size, count, context in
          Transfer.of(context)?.supply(
            UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
            ?? Int(CURL_READFUNC_ABORT)
        }, context))
    try check(
      ccurl_set_seek(
        easy,
        { context, offset, origin in
          guard offset == 0, Transfer.of(context)?.exchange.rewindUpload() == true else {
            return CURL_SEEKFUNC_FAIL
          }
          return CURL_SEEKFUNC_OK
        }, context))
    try check(
      ccurl_set_progress(
        easy,
        { context, _, received, _, sent in
          Transfer.of(context)?.note(received + sent)
          return 0
        }, context))
    try check(
      ccurl_set_prerequest(
        easy, { context, _, _, _, _ in Transfer.of(context)?.begin() ?? CURL_PREREQFUNC_ABORT },
        context))
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
    hasNews = true
    switch exchange.receive(bytes) {
    case .taken:
      lastActivity = SuspendingClock.now
      return bytes.count
    case .pause:
      isReceivingPaused = true
      return Int(CURL_WRITEFUNC_PAUSE)
    case .refuse: return 0
    }
  }

  private func receiveLine(_ line: UnsafeRawBufferPointer) {
    lastActivity = SuspendingClock.now
    guard let head = parser.take(line) else { return }
    hasNews = true
    if exchange.receive(head) { wantsSendingResumed = true }
  }

  private func supply(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    switch exchange.supply(to: buffer) {
    case .bytes(let count): return count
    case .end: return 0
    case .pause:
      isSendingPaused = true
      return Int(CURL_READFUNC_PAUSE)
    }
  }

  /// Notes bytes that reached or left the socket, by libcurl's own count.
  private func note(_ moved: curl_off_t) {
    guard moved != bytesMoved else { return }
    bytesMoved = moved
    lastActivity = SuspendingClock.now
  }

  /// Notes that the connection stands and the request is about to be sent.
  ///
  /// libcurl sends a request again when a kept connection proves dead. What is not idempotent
  /// must not be sent twice, for the engine may have acted on it (RFC 9110, 9.2.2).
  private func begin() -> Int32 {
    requestsBegun += 1
    lastActivity = SuspendingClock.now
    let isRepeatable = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"].contains(exchange.request.method)
    return requestsBegun == 1 || isRepeatable ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
  }
}
