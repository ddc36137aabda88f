import Canonical

/// How a container is reached in one network.
///
/// Source: Engine API 1.41, EndpointSettings.
public struct NetworkEndpoint: Sendable, Equatable {
  /// Other names of the container.
  public var aliases: [String] = []
  public var ipv4Address: String?
  public var ipv6Address: String?
  public var linkLocalAddresses: [String] = []

  /// Containers known by name here: `container:alias`.
  public var links: [String] = []

  /// `92:d0:c6:0a:29:33`.
  public var macAddress: String?

  public init() {}

  var json: JSONValue {
    var body = JSONBody()
    body["Aliases"] = JSONBody.nonempty(aliases)
    body["Links"] = JSONBody.nonempty(links)
    body["MacAddress"] = macAddress.map { .string($0) }
    var addresses = JSONBody()
    addresses["IPv4Address"] = ipv4Address.map { .string($0) }
    addresses["IPv6Address"] = ipv6Address.map { .string($0) }
    addresses["LinkLocalIPs"] = JSONBody.nonempty(linkLocalAddresses)
    if addresses.json != [:] { body["IPAMConfig"] = addresses.json }
    return body.json
  }
}
