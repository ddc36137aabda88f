import CCurl
import Glibc
import HTTP
import Synchronization

/// The thread that alone touches libcurl's handles; it starts at the first request.
///
/// It is a thread of our own because libcurl blocks (poll, file reads of certificates), which
/// the cooperative pool must not.
final class CurlThread: Sendable {
  let mailbox = CurlMailbox()

  /// The name under which the thread is listed.
  static let name = "curl"

  private let thread = Mutex<pthread_t?>(nil)

  /// Hands an exchange to the thread, starting it when it does not run yet.
  func start(_ exchange: Exchange, userAgent: String) throws(TransportError) {
    try thread.withLock { thread throws(TransportError) in
      if thread == nil { thread = try launch(userAgent) }
    }
    guard mailbox.post(.start(exchange)) else {
      throw TransportError.unusable("the connections to \(exchange.endpoint.name) have broken down")
    }
  }

  /// Ends the thread, which drops its exchanges as cancelled and closes its connections, and
  /// waits for it: libcurl must not be at work when the process ends and its libraries clean up.
  /// The thread runs no code but this module's, so the wait is short.
  deinit {
    guard let thread = thread.withLock({ $0 }) else { return }
    mailbox.post(.end)
    if pthread_equal(thread, pthread_self()) != 0 {
      pthread_detach(thread)
    } else {
      pthread_join(thread, nil)
    }
  }

  private func launch(_ userAgent: String) throws(TransportError) -> pthread_t {
    try Self.load()
    // Made here and handed over: from the thread's start on it is the thread's alone.
    let loop = Unmanaged.passRetained(try CurlLoop(mailbox: mailbox, userAgent: userAgent))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { loop in
        guard let loop else { return nil }
        CurlThread.prepare()
        Unmanaged<CurlLoop>.fromOpaque(loop).takeRetainedValue().run()
        return nil
      }, loop.toOpaque())
    guard code == 0 else {
      loop.release()
      throw TransportError.unusable("no thread for the connections to the engine can be started")
    }
    return thread
  }

  /// Names the thread and blocks its signals.
  ///
  /// With CURLOPT_NOSIGNAL libcurl leaves SIGPIPE alone, and OpenSSL writes to sockets without
  /// MSG_NOSIGNAL: here the signal stays pending and the write fails with EPIPE, as it should.
  private static func prepare() {
    ccurl_name_thread(name)
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
  }

  /// What the library says of itself, once it is loaded.
  static var libraryVersion: String? { ccurl_version().map { String(cString: $0) } }

  static func load() throws(TransportError) {
    let loading = ccurl_load()
    guard loading != CCURL_LOADED else { return }
    let said = ccurl_load_message().map { String(cString: $0) }
    switch loading {
    case CCURL_TOO_OLD:
      throw TransportError(
        .other, "the library libcurl is older than 7.80 (Debian package libcurl4)",
        underlying: said)
    case CCURL_UNUSABLE:
      throw TransportError(.other, "the library libcurl cannot be initialized", underlying: said)
    default:
      throw TransportError(
        .other, "the library libcurl is missing (Debian package libcurl4)", underlying: said)
    }
  }
}
