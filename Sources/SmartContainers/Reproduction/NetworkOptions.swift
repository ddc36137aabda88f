import Canonical

/// How docker's command line says how a container is reached in a network.
///
/// Source: Engine API 1.41, EndpointSettings; docker CLI, opts/network.go.
enum NetworkOptions {
  /// The flags of `docker create` or `docker network connect`, each with its values.
  ///
  /// - Parameter alias: the flag of an alias, in which the two differ.
  static func options(
    _ endpoint: inout RecipeFields, alias: String
  ) -> [(flag: String, values: [String])] {
    var options = [(flag: alias, values: endpoint.texts("Aliases"))]
    options.append(("--link", endpoint.texts("Links")))
    endpoint.object("IPAMConfig") { addresses in
      options.append(("--ip", [addresses.text("IPv4Address")].compactMap(\.self)))
      options.append(("--ip6", [addresses.text("IPv6Address")].compactMap(\.self)))
      options.append(("--link-local-ip", addresses.texts("LinkLocalIPs")))
    }
    options.append(("--mac-address", [endpoint.text("MacAddress")].compactMap(\.self)))
    return options
  }

  /// The flags of `docker network connect`.
  static func connecting(_ endpoint: inout RecipeFields) -> [[String]] {
    var said = options(&endpoint, alias: "--alias").flatMap { flag, values in
      values.map { [flag, $0] }
    }
    said += endpoint.pairs("DriverOpts").map { ["--driver-opt", "\($0.name)=\($0.value)"] }
    endpoint.number("GwPriority").map { said.append(["--gw-priority", "\($0)"]) }
    return said
  }

  /// The value of `--network` in its long form, which alone has the options of a driver.
  static func field(_ network: String, _ endpoint: inout RecipeFields) -> String {
    var list = FieldList()
    list.add("name", network)
    let names = [
      "--alias": "alias", "--ip": "ip", "--ip6": "ip6", "--link-local-ip": "link-local-ip",
      "--mac-address": "mac-address",
    ]
    for (flag, values) in options(&endpoint, alias: "--alias") {
      for value in values {
        if let name = names[flag] { list.add(name, value) } else { endpoint.keep("Links") }
      }
    }
    for (name, value) in endpoint.pairs("DriverOpts") { list.add("driver-opt", "\(name)=\(value)") }
    endpoint.number("GwPriority").map { list.add("gw-priority", "\($0)") }
    return list.text
  }
}
