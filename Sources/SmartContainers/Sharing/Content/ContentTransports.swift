import Curl
import Git
import HTTP
import Synchronization

/// The connections to servers of large content, one set for each server, with what git's
/// configuration says of it.
final class ContentTransports: Sendable {
  private let lines: [GitSetting]
  private let remote: String
  private let places: ClientPlaces
  private let limit: Duration
  private let known = Mutex<[String: CurlTransport]>([:])

  /// - Parameters:
  ///   - remote: the name of the remote whose content it is.
  ///   - limit: how long a server may be silent.
  init(_ lines: [GitSetting], of remote: String, _ places: ClientPlaces, limit: Duration) {
    self.lines = lines
    self.remote = remote
    self.places = places
    self.limit = limit
  }

  func settings(for address: WebAddress) -> WebSettings {
    WebSettings(for: address, lines, of: remote, places, limit: limit)
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
