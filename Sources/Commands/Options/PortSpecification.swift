import Glibc
import SmartContainers

/// A port as `-p` takes it: `80`, `8080:80`, `127.0.0.1:8080:80/udp`, `[::1]:8080:80`,
/// `8000-8002:80-82`.
struct PortSpecification: Equatable {
  let bindings: [PortBinding]

  /// - Parameter flag: what an error names.
  init(_ text: String, flag: String = "-p") throws(UsageError) {
    let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let transport = halves.count > 1 ? halves[1].lowercased() : "tcp"
    guard ["tcp", "udp", "sctp"].contains(transport) else {
      throw UsageError("\(flag) \(text): the protocol is tcp, udp or sctp")
    }
    var fields = Self.split(halves[0])
    guard fields.count <= 3, let inside = fields.popLast(), let ports = Self.range(inside) else {
      throw UsageError("\(flag) \(text): expected [address:][host port:]container port")
    }
    let outside = fields.popLast() ?? ""
    let address = fields.popLast() ?? ""
    guard address.isEmpty || Self.isAddress(address) else {
      throw UsageError("\(flag) \(text): \(address) is no IP address")
    }
    guard outside.isEmpty || Self.range(outside) != nil else {
      throw UsageError("\(flag) \(text): \(outside) is no port of the host")
    }
    let outsidePorts = Self.range(outside)
    let isPairwise = outsidePorts?.count == ports.count
    guard outside.isEmpty || isPairwise || ports.count == 1 else {
      throw UsageError("\(flag) \(text): the two ranges differ in length")
    }
    bindings = zip(ports.indices, ports).map { index, port in
      PortBinding(
        containerPort: "\(port)/\(transport)", hostAddress: address,
        hostPort: isPairwise ? outsidePorts.map { String($0[index]) } ?? "" : outside)
    }
  }

  /// Splits at colons outside of the brackets of an IPv6 address.
  private static func split(_ text: Substring) -> [String] {
    guard text.hasPrefix("["), let end = text.firstIndex(of: "]") else {
      return text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    }
    let address = String(text[text.index(after: text.startIndex)..<end])
    let rest = text[text.index(after: end)...].drop { $0 == ":" }
    return [address]
      + rest.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
  }

  private static func isAddress(_ text: String) -> Bool {
    var address = in6_addr()
    return inet_pton(AF_INET, text, &address) == 1 || inet_pton(AF_INET6, text, &address) == 1
  }

  private static func range(_ text: String) -> [Int]? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil,
      (1...65535).contains(first), (1...65535).contains(last), first <= last
    else { return nil }
    return Array(first...last)
  }
}
