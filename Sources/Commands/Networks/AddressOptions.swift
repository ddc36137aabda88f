import Arguments
import SmartContainers

/// Docker's flags for the addresses of a network.
struct AddressOptions {
  let subnets: [String]
  let ranges: [String]
  let gateways: [String]
  let reserved: [String]
  let driver: String?
  let options: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    subnets = try arguments.options(
      "subnet", value: "subnet", help: "A range of addresses: 10.99.0.0/24.")
    ranges = try arguments.options(
      "ip-range", value: "range", help: "The part of a subnet that containers get.")
    gateways = try arguments.options(
      "gateway", value: "address", help: "The gateway of a subnet.")
    reserved = try arguments.options(
      "aux-address", value: "name=address", help: "An address that is taken.")
    driver = try arguments.option("ipam-driver", value: "driver", help: "Who gives addresses.")
    options = try arguments.options(
      "ipam-opt", value: "name=value", help: "Set an option of who gives addresses.")
  }

  /// Gives each range, gateway and reserved address to the subnet that it is in.
  func pools() throws(UsageError) -> [NetworkSpecification.AddressPool] {
    var pools = subnets.map { NetworkSpecification.AddressPool(subnet: $0) }
    for range in ranges {
      let index = try place(of: range, for: "--ip-range")
      guard pools[index].range == nil else {
        throw UsageError("--ip-range \(range): its subnet has a range already")
      }
      pools[index].range = range
    }
    for gateway in gateways {
      let index = try place(of: gateway, for: "--gateway")
      guard pools[index].gateway == nil else {
        throw UsageError("--gateway \(gateway): its subnet has a gateway already")
      }
      pools[index].gateway = gateway
    }
    for entry in reserved {
      let halves = entry.split(separator: "=", maxSplits: 1).map(String.init)
      guard halves.count == 2 else {
        throw UsageError("--aux-address \(entry): expected name=address")
      }
      pools[try place(of: halves[1], for: "--aux-address")].reserved[halves[0]] = halves[1]
    }
    return pools
  }

  /// The subnet that an address or a range is in.
  private func place(of text: String, for flag: String) throws(UsageError) -> Int {
    guard let address = AddressRange(text) else {
      throw UsageError("\(flag) \(text): expected an address such as 10.99.0.1")
    }
    for (index, subnet) in subnets.enumerated() {
      guard let range = AddressRange(subnet) else {
        throw UsageError("--subnet \(subnet): expected a range such as 10.99.0.0/24")
      }
      if range.contains(address) { return index }
    }
    throw UsageError("\(flag) \(text): it is in no --subnet")
  }
}
