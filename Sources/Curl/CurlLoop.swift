import CCurl
import Glibc
import HTTP

/// Drives all transfers of one transport, on the curl thread.
///
/// Not Sendable: used and freed on that thread alone. The connection of a transfer that is taken
/// over is made by libcurl, and its bytes are moved here.
final class CurlLoop {
  private let mailbox: CurlMailbox
  private let userAgent: String
  private let multi: UnsafeMutableRawPointer
  /// Few at a time; to make a dictionary takes longer than to look through them.
  private var transfers: [Transfer] = []
  /// Those that try to connect again when the time comes.
  private var retrying: [(transfer: Transfer, due: SuspendingClock.Instant)] = []
  private var hasEnded = false

  /// The time between two attempts to connect to a socket whose backlog is full.
  private static let retryInterval = Duration.milliseconds(5)

  /// Connections that are kept when idle.
  private static let keptConnections = 32

  /// The time, in microseconds, in which bytes gather in a socket, less than it has room for.
  private static let nap: UInt32 = 100

  /// The longest sleep, where nothing is due.
  private static let longestSleep = Duration.seconds(3600)

  init(mailbox: CurlMailbox, userAgent: String) throws(TransportError) {
    guard let multi = ccurl_multi_init() else {
      throw TransportError.unusable("libcurl has no handle for connections")
    }
    self.mailbox = mailbox
    self.userAgent = userAgent
    self.multi = multi
    _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.keptConnections)
    _ = ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
    mailbox.open(waking: multi)
  }

  deinit {
    _ = mailbox.close()
    _ = ccurl_multi_cleanup(multi)
  }

  /// Works until told to end.
  func run() {
    while true {
      for command in mailbox.takeAll() { obey(command) }
      if hasEnded { break }
      retryDue()
      check(ccurl_multi_perform(multi))
      finishDone()
      pumpTunnels()
      var isCollecting = false
      for transfer in transfers where transfer.announce() { isCollecting = true }
      let sleep = dropIdle()
      if isCollecting {
        // To be woken for each piece that an engine sends would cost more than the piece.
        usleep(Self.nap)
        continue
      }
      var tunnels = transfers.compactMap { $0.tunnel?.waiting }
      check(ccurl_multi_poll(multi, &tunnels, UInt32(tunnels.count), sleep.milliseconds))
    }
    for transfer in transfers {
      remove(transfer, .failure(TransportError.cancelled(transfer.exchange.endpoint)))
    }
    for case .start(let exchange) in mailbox.close() {
      exchange.finish(.failure(TransportError.cancelled(exchange.endpoint)))
    }
  }

  private func obey(_ command: CurlMailbox.Command) {
    switch command {
    case .start(let exchange): start(exchange)
    case .resumeReceiving(let exchange): transfer(of: exchange)?.resumeReceiving()
    case .resumeSending(let exchange): transfer(of: exchange)?.resumeSending()
    case .remove(let exchange):
      guard let transfer = transfer(of: exchange) else { return }
      remove(transfer, .failure(TransportError.cancelled(exchange.endpoint)))
    case .end: hasEnded = true
    }
  }

  private func transfer(of exchange: Exchange) -> Transfer? {
    transfers.first { $0.exchange === exchange }
  }

  private func start(_ exchange: Exchange) {
    guard !exchange.hasEnded else { return }
    do throws(TransportError) {
      let transfer = try Transfer(exchange, userAgent: userAgent)
      guard ccurl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
        throw TransportError.unusable("the exchange with \(exchange.endpoint.name) cannot start")
      }
      transfers.append(transfer)
    } catch {
      exchange.finish(.failure(error))
    }
  }

  private func finishDone() {
    var code = CURLE_OK
    while let easy = ccurl_multi_next_done(multi, &code) {
      guard let transfer = transfers.first(where: { $0.easy == easy }) else { continue }
      let now = SuspendingClock.now
      if transfer.isWorthRetrying(code, at: now) {
        _ = ccurl_multi_remove_handle(multi, easy)
        retrying.append((transfer, now.advanced(by: Self.retryInterval)))
        continue
      }
      guard code == CURLE_OK, transfer.exchange.request.upstream != nil else {
        remove(transfer, transfer.outcome(of: code))
        continue
      }
      do throws(TransportError) {
        try transfer.takeOver()
      } catch {
        remove(transfer, .failure(error))
      }
    }
  }

  private func pumpTunnels() {
    for transfer in transfers {
      if let end = transfer.tunnel?.pump() { remove(transfer, end) }
    }
  }

  private func retryDue() {
    let now = SuspendingClock.now
    let due = retrying.filter { $0.due <= now }
    retrying.removeAll { $0.due <= now }
    for (transfer, _) in due {
      let code = ccurl_multi_add_handle(multi, transfer.easy)
      if code != CURLM_OK { remove(transfer, .failure(broken(transfer, code))) }
    }
  }

  /// Takes a transfer out, which closes its connection unless it has ended by itself.
  private func remove(_ transfer: Transfer, _ end: Result<Void, any Error>) {
    transfers.removeAll { $0 === transfer }
    retrying.removeAll { $0.transfer === transfer }
    _ = ccurl_multi_remove_handle(multi, transfer.easy)
    transfer.exchange.finish(end)
  }

  /// Drops what was silent, or at work, for too long.
  ///
  /// - Returns: the time until the next could be.
  private func dropIdle() -> Duration {
    let now = SuspendingClock.now
    var sleep = Self.longestSleep
    for (_, due) in retrying { sleep = min(sleep, max(.zero, now.duration(to: due))) }
    for transfer in transfers {
      guard let (deadline, error) = transfer.deadline else { continue }
      if deadline <= now {
        remove(transfer, .failure(error))
      } else {
        sleep = min(sleep, now.duration(to: deadline))
      }
    }
    return sleep
  }

  /// Ends the thread when the multi handle itself fails: it would spin otherwise.
  private func check(_ code: CURLMcode) {
    guard code != CURLM_OK, !hasEnded else { return }
    hasEnded = true
    for transfer in transfers { remove(transfer, .failure(broken(transfer, code))) }
  }

  private func broken(_ transfer: Transfer, _ code: CURLMcode) -> TransportError {
    TransportError(
      .other, "the exchange with \(transfer.exchange.endpoint.name) failed",
      underlying: String(cString: ccurl_multi_strerror(code)))
  }
}

extension Duration {
  /// Whole milliseconds, rounded up, as libcurl's options want them: 1 to what an Int32 holds.
  var milliseconds: Int32 {
    let (seconds, attoseconds) = components
    guard seconds < Int64(Int32.max) / 1000 else { return Int32.max }
    return Int32(
      max(1, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
  }
}
