import CCurl
import HTTP

/// One request as libcurl sees it: the owner of an easy handle.
///
/// Not Sendable: made, used and freed on the curl thread. libcurl's callbacks get it as their
/// context, unretained; it outlives the handle, which is freed in `deinit`.
final class Transfer {
  let easy: UnsafeMutableRawPointer
  let exchange: Exchange
  let userAgent: String

  /// Whether libcurl was told to wait, by direction.
  var isReceivingPaused = false
  var isSendingPaused = false

  /// When bytes last moved; nil until connected.
  var lastActivity: SuspendingClock.Instant?

  private let created = SuspendingClock.now

  var parser = ResponseHeadParser()
  var requestsBegun = 0
  var bytesMoved: curl_off_t = 0

  /// Whether something came for a reader since the last announcement.
  var hasNews = false

  /// When the reader was last woken.
  private var lastAnnouncement: SuspendingClock.Instant?

  /// Whether sending must go on after the current call into libcurl.
  var wantsSendingResumed = false

  /// Set once a connection that is taken over stands.
  private(set) var tunnel: Tunnel?

  var lines: UnsafeMutablePointer<curl_slist>?
  let words: UnsafeMutablePointer<CChar>

  init(_ exchange: Exchange, userAgent: String) throws(TransportError) {
    guard let easy = ccurl_easy_init() else {
      throw TransportError.unusable("libcurl has no handle for an exchange")
    }
    self.easy = easy
    self.exchange = exchange
    self.userAgent = userAgent
    words = .allocate(capacity: Int(CURL_ERROR_SIZE))
    words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    try configure()
    try installCallbacks()
  }

  deinit {
    ccurl_easy_cleanup(easy)
    if let lines { ccurl_slist_free_all(lines) }
    words.deallocate()
  }

  /// When it has lasted too long, and what is then said; nil where it may last.
  var deadline: (SuspendingClock.Instant, TransportError)? {
    let limits = exchange.request.limits
    let silent = idleDeadline.flatMap { time in
      limits.idle.map { (time, TransportError.idle(exchange.endpoint, $0)) }
    }
    let late = limits.total.map {
      (created.advanced(by: $0), TransportError.late(exchange.endpoint, $0))
    }
    guard let silent, let late else { return silent ?? late }
    return silent.0 < late.0 ? silent : late
  }

  /// When the silence has lasted too long; nil while it cannot: not connected yet, or paused by
  /// us, where the reader or the request's stream is slow and not the engine.
  private var idleDeadline: SuspendingClock.Instant? {
    guard let limit = exchange.request.limits.idle, !isReceivingPaused, !isSendingPaused else {
      return nil
    }
    return lastActivity?.advanced(by: limit)
  }

  /// Takes the connection over, now that libcurl has made it.
  func takeOver() throws(TransportError) { tunnel = try Tunnel(self) }

  /// Goes on receiving, after the reader took what was there.
  func resumeReceiving() {
    guard isReceivingPaused else { return }
    isReceivingPaused = false
    applyPauses()
  }

  /// Goes on sending, after the request's stream gave more.
  func resumeSending() {
    tunnel?.resumeSending()
    guard isSendingPaused else { return }
    isSendingPaused = false
    applyPauses()
  }

  /// Wakes the reader for all that came, and resumes what could not be from inside a callback.
  ///
  /// Bytes that follow each other closely are collected for a moment: an engine sends archives in
  /// small pieces, and to hand each over to another thread would cost more than to copy it.
  ///
  /// - Returns: whether the reader is to be woken in a moment.
  func announce() -> Bool {
    if wantsSendingResumed {
      wantsSendingResumed = false
      resumeSending()
    }
    guard hasNews else { return false }
    let now = SuspendingClock.now
    if let lastAnnouncement, now < lastAnnouncement.advanced(by: Self.moment),
      exchange.isWorthCollecting
    {
      return true
    }
    lastAnnouncement = now
    hasNews = false
    exchange.announce()
    return false
  }

  /// How long bytes are collected.
  private static let moment = Duration.milliseconds(1)

  /// Whether the result says only that a unix socket's backlog was full, and there is time to
  /// try again.
  ///
  /// TCP waits by itself. A unix socket answers EAGAIN (connect(2)), which libcurl takes for a
  /// connection in the making; then it finds none, and no errno either.
  func isWorthRetrying(_ code: CURLcode, at now: SuspendingClock.Instant) -> Bool {
    guard code == CURLE_COULDNT_CONNECT, case .unix = exchange.endpoint else { return false }
    return systemError == 0 && now < created.advanced(by: exchange.request.limits.connect)
  }

  /// The errno of the last system call that failed.
  private var systemError: Int32 {
    var error = 0
    _ = ccurl_get_long(easy, CURLINFO_OS_ERRNO, &error)
    return Int32(truncatingIfNeeded: error)
  }

  /// What a proxy answered when it was asked for a connection; 0 where none was.
  private var connectStatus: Int {
    var status = 0
    _ = ccurl_get_long(easy, CURLINFO_HTTP_CONNECTCODE, &status)
    return status
  }

  /// What libcurl's result means.
  func outcome(of code: CURLcode) -> Result<Void, any Error> {
    guard code != CURLE_OK else { return .success(()) }
    let text = String(cString: words)
    let failure = CurlFailure(
      code: code, systemError: systemError, connectStatus: connectStatus,
      text: text.isEmpty ? String(cString: ccurl_easy_strerror(code)) : text)
    return .failure(
      TransportError(failure, at: exchange.endpoint, limits: exchange.request.limits))
  }

  /// Tells libcurl both directions at once; it may call back from inside, and pause again.
  private func applyPauses() {
    lastActivity = SuspendingClock.now
    var directions = CURLPAUSE_CONT
    if isReceivingPaused { directions |= CURLPAUSE_RECV }
    if isSendingPaused { directions |= CURLPAUSE_SEND }
    _ = ccurl_easy_pause(easy, directions)
  }
}
