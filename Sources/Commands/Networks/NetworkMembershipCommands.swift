import Arguments
import SmartContainers

/// `sc network connect`.
struct NetworkConnectCommand: SmartCommand {
  static let description = CommandDescription(
    "connect", abstract: "Put a container into a network, and record it.",
    discussion: """
      Examples:
        $ sc network connect lab web
        $ sc network connect --alias db --ip 10.99.0.7 lab postgres
      """,
    parser: NetworkConnectCommand.init)

  let global: GlobalOptions
  let endpoint: NetworkEndpoint
  let network: String
  let container: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    var endpoint = NetworkEndpoint()
    endpoint.aliases = try arguments.options(
      "alias", value: "name", help: "Another name of the container there.")
    endpoint.ipv4Address = try arguments.option("ip", value: "address", help: "Its address.")
    endpoint.ipv6Address = try arguments.option("ip6", value: "address", help: "Its IPv6 address.")
    endpoint.linkLocalAddresses = try arguments.options(
      "link-local-ip", value: "address", help: "A link-local address.")
    endpoint.links = try arguments.options(
      "link", value: "container:alias", help: "A container that it knows by another name.")
    self.endpoint = endpoint
    global = try GlobalOptions(&arguments)
    network = try arguments.word("network", help: "A name or an id.")
    container = try arguments.word("container", help: "A name or an id.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.withClient { client in
      try await client.engine.connectNetwork(network, container: container, endpoint: endpoint)
    }
  }
}

/// `sc network disconnect`.
struct NetworkDisconnectCommand: SmartCommand {
  static let description = CommandDescription(
    "disconnect", abstract: "Take a container out of a network, and record it.",
    discussion: """
      Examples:
        $ sc network disconnect lab web
      """,
    parser: NetworkDisconnectCommand.init)

  let global: GlobalOptions
  let force: Bool
  let network: String
  let container: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    force = arguments.flag("force", "f", help: "Although the engine cannot reach it.")
    global = try GlobalOptions(&arguments)
    network = try arguments.word("network", help: "A name or an id.")
    container = try arguments.word("container", help: "A name or an id.")
  }

  func run(_ invocation: Invocation) async throws {
    try await invocation.withClient { client in
      try await client.engine.disconnectNetwork(network, container: container, force: force)
    }
  }
}
