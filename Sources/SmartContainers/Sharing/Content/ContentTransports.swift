import Curl
import Git
import HTTP
import Synchronization

/// The connections to servers of large content, one set for each server, with what git's
/// configuration says of it.
final class ContentTransports: Sendable {
  private let lines: [GitSetting]
  private let places: ClientPlaces
  private let limit: Duration
  private let known = Mutex<[String: CurlTransport]>([:])

  /// - Parameter limit: how long a server may be silent.
  init(_ lines: [GitSetting], _ places: ClientPlaces, limit: Duration) {
    self.lines = lines
    self.places = places
    self.limit = limit
  }

  func settings(for address: WebAddress) -> WebSettings {
    WebSettings(for: address, lines, places, limit: limit)
  }

  func transport(to address: WebAddress) -> CurlTransport {
    let origin = "\(address.scheme)://\(address.host):\(address.port)"
    return known.withLock { known in
      if let transport = known[origin] { return transport }
      let transport = settings(for: address).client.transport(to: address)
      known[origin] = transport
      return transport
    }
  }
}
