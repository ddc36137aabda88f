import Canonical

/// What a network is to be.
///
/// Source: Engine API 1.41, POST /networks/create.
public struct NetworkSpecification: Sendable, Hashable {
  /// A range of addresses (IPAM).
  public struct AddressPool: Sendable, Hashable {
    /// `10.99.0.0/24`.
    public var subnet: String

    /// The part of it from which containers get addresses.
    public var range: String?
    public var gateway: String?

    /// Addresses that are taken, by the names of who has them.
    public var reserved: [String: String] = [:]

    public init(subnet: String) { self.subnet = subnet }

    var json: JSONValue {
      var body = JSONBody()
      body["Subnet"] = .string(subnet)
      body["IPRange"] = range.map { .string($0) }
      body["Gateway"] = gateway.map { .string($0) }
      body["AuxiliaryAddresses"] = JSONBody.nonempty(reserved)
      return body.json
    }
  }

  public var name: String

  /// Nil for `bridge`.
  public var driver: String?

  /// The address ranges; none lets the engine choose.
  public var pools: [AddressPool] = []

  /// Who gives addresses; nil for the engine itself.
  public var addressDriver: String?
  public var addressOptions: [String: String] = [:]

  /// Whether nothing outside is reached from it.
  public var isInternal = false

  /// Whether containers outside of a swarm's services may join.
  public var isAttachable = false
  public var enablesIPv6 = false

  /// The driver's options.
  public var options: [String: String] = [:]
  public var labels: [String: String] = [:]

  public init(name: String) { self.name = name }

  /// The body of the request. It asks the engine to refuse a name that is taken, which engines
  /// before API 1.44 otherwise do not.
  var json: JSONValue {
    var body = JSONBody()
    body["Name"] = .string(name)
    body["CheckDuplicate"] = true
    body["Driver"] = driver.map { .string($0) }
    body["Internal"] = isInternal ? true : nil
    body["Attachable"] = isAttachable ? true : nil
    body["EnableIPv6"] = enablesIPv6 ? true : nil
    body["Options"] = JSONBody.nonempty(options)
    body["Labels"] = JSONBody.nonempty(labels)
    if !pools.isEmpty || addressDriver != nil || !addressOptions.isEmpty {
      var addresses = JSONBody()
      addresses["Driver"] = .string(addressDriver ?? "default")
      addresses["Options"] = JSONBody.nonempty(addressOptions)
      addresses["Config"] = .array(pools.map(\.json))
      body["IPAM"] = addresses.json
    }
    return body.json
  }
}
