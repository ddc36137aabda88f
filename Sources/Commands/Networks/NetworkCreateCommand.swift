import Arguments
import SmartContainers

/// `sc network create`.
struct NetworkCreateCommand: SmartCommand {
  static let description = CommandDescription(
    "create", abstract: "Create a network, and record it.",
    discussion: """
      Examples:
        $ sc network create lab
        $ sc network create --subnet 10.99.0.0/24 --gateway 10.99.0.1 --internal lab
      """,
    parser: NetworkCreateCommand.init)

  let global: GlobalOptions
  let addresses: AddressOptions
  let driver: String?
  let options: [String]
  let labels: [String]
  let isInternal: Bool
  let isAttachable: Bool
  let enablesIPv6: Bool
  let name: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    driver = try arguments.option("driver", "d", value: "driver", help: "Who runs it.")
    addresses = try AddressOptions(&arguments)
    isInternal = arguments.flag("internal", help: "Let nothing outside be reached from it.")
    isAttachable = arguments.flag("attachable", help: "Let containers join that are no service's.")
    enablesIPv6 = arguments.flag("ipv6", help: "Give IPv6 addresses too.")
    options = try arguments.options(
      "opt", "o", value: "name=value", help: "Set an option of the driver.")
    labels = try arguments.options("label", value: "name=value", help: "Set a label.")
    global = try GlobalOptions(&arguments)
    name = try arguments.word("name", help: "The name.")
  }

  func run(_ invocation: Invocation) async throws {
    var specification = NetworkSpecification(name: name)
    specification.driver = driver
    specification.pools = try addresses.pools()
    specification.addressDriver = addresses.driver
    specification.addressOptions = try ContainerOptions.dictionary(
      addresses.options, "--ipam-opt")
    specification.isInternal = isInternal
    specification.isAttachable = isAttachable
    specification.enablesIPv6 = enablesIPv6
    specification.options = try ContainerOptions.dictionary(options, "--opt")
    specification.labels = try ContainerOptions.dictionary(labels, "--label")
    try await invocation.withClient { client in
      let network = try await client.engine.createNetwork(specification)
      try invocation.terminal.writeLine(network.id)
      if let warning = network.warning {
        invocation.terminal.note("sc: warning: " + PlainText.sanitize(warning))
      }
    }
  }
}
