import Canonical
import Glibc
import HTTP
import SystemPackage

/// A unix socket as it is until another takes its place.
///
/// Source: stat(2).
struct EngineSocket: Sendable, Hashable {
  let address: String
  let device: Int64
  let inode: Int64

  /// When the inode last changed, in nanoseconds since 1970: its number may be used again.
  let changedAt: Int64

  /// Looks at the socket; nil where there is none. There is none of a TCP endpoint, either:
  /// nothing tells there whether another engine answers at the same address.
  init?(at endpoint: HTTPEndpoint) {
    guard case .unix(let path) = endpoint else { return nil }
    var status = stat()
    guard stat(path.string, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
    address = endpoint.address
    device = Int64(truncatingIfNeeded: status.st_dev)
    inode = Int64(truncatingIfNeeded: status.st_ino)
    changedAt = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
  }
}

extension EngineSocket: JournalValue {
  var json: JSONValue {
    [
      "address": .string(address), "device": .integer(device), "inode": .integer(inode),
      "changedAt": .integer(changedAt),
    ]
  }

  init(json: JSONValue) throws(JournalValueError) {
    address = try json.text("address")
    device = try json.number("device")
    inode = try json.number("inode")
    changedAt = try json.number("changedAt")
  }
}

extension HTTPEndpoint {
  /// The address as `DOCKER_HOST` has it: `unix:///var/run/docker.sock`.
  var address: String {
    switch self {
    case .unix(let path): "unix://\(path)"
    case .tcp(let host, let port, _): "tcp://\(host):\(port)"
    }
  }
}
