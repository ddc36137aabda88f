import Canonical

/// Ports as docker's command line has them.
enum PortText {
  /// `80`, `53/udp`.
  static func port(_ port: String) -> String {
    port.hasSuffix("/tcp") ? String(port.dropLast(4)) : port
  }

  /// `[::1]:8080:80`, `127.0.0.1::80/udp`, `80`.
  static func binding(_ port: String, address: String, hostPort: String) -> String {
    let host = address.contains(":") ? "[\(address)]" : address
    if !host.isEmpty { return "\(host):\(hostPort):\(Self.port(port))" }
    return hostPort.isEmpty ? Self.port(port) : "\(hostPort):\(Self.port(port))"
  }
}
