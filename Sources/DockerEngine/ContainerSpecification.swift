import Canonical

/// What a container is created from: the portable configuration, and the host's part of it.
///
/// Source: Engine API 1.41, POST /containers/create.
public struct ContainerSpecification: Sendable, Equatable {
  /// A name, an id or a digest reference.
  public var image: String

  /// The command with its arguments; nil for the image's.
  public var command: [String]?

  /// The entry point; an empty list resets the image's.
  public var entrypoint: [String]?

  /// `NAME=value`, or `NAME` alone to unset the image's.
  public var environment: [String] = []
  public var labels: [String: String] = [:]
  public var workingDirectory: String?

  /// `user`, `uid`, `user:group` or `uid:gid`.
  public var user: String?
  public var hostname: String?
  public var domainname: String?

  /// Ports that the container listens on: `80/tcp`.
  public var exposedPorts: [String] = []

  /// Paths that become anonymous volumes.
  public var volumes: [String] = []
  public var hasTerminal = false
  public var opensStandardInput = false

  /// Which of its streams the creator will attach to; nil for the outputs, and the input where it
  /// is open.
  public var attachedStreams: Set<OutputChunk.Stream>?

  /// A signal's name or number: `SIGTERM`.
  public var stopSignal: String?

  /// How long the engine waits between the stop signal and the kill, in whole seconds.
  public var stopTimeoutInSeconds: Int64?

  /// The health check as the Engine API writes it; nil for the image's.
  public var healthcheck: JSONValue?
  public var host = HostConfiguration()

  /// How the container is reached in the network of `host.networkMode`.
  public var endpoint = NetworkEndpoint()

  /// The body of a request that was sent before.
  var recorded: [String: JSONValue]?

  public init(image: String) { self.image = image }

  /// The request body.
  public var json: JSONValue {
    if let recorded { return sentAgain(recorded) }
    var body = JSONBody()
    body["Image"] = .string(image)
    body["Cmd"] = command.map(JSONBody.strings)
    body["Entrypoint"] = entrypoint.map { $0.isEmpty ? [""] : JSONBody.strings($0) }
    body["Env"] = JSONBody.nonempty(environment)
    body["Labels"] = JSONBody.nonempty(labels)
    body["WorkingDir"] = workingDirectory.map { .string($0) }
    body["User"] = user.map { .string($0) }
    body["Hostname"] = hostname.map { .string($0) }
    body["Domainname"] = domainname.map { .string($0) }
    body["ExposedPorts"] = JSONBody.set(exposedPorts)
    body["Volumes"] = JSONBody.set(volumes)
    body["Tty"] = hasTerminal ? true : nil
    body["OpenStdin"] = opensStandardInput ? true : nil
    let attached =
      attachedStreams
      ?? (opensStandardInput
        ? [.standardInput, .standardOutput, .standardError] : [.standardOutput, .standardError])
    let attachesInput = attached.contains(.standardInput)
    body["StdinOnce"] = opensStandardInput && attachesInput ? true : nil
    body["AttachStdin"] = attachesInput ? true : nil
    body["AttachStdout"] = .bool(attached.contains(.standardOutput))
    body["AttachStderr"] = .bool(attached.contains(.standardError))
    body["StopSignal"] = stopSignal.map { .string($0) }
    body["StopTimeout"] = stopTimeoutInSeconds.map { .integer($0) }
    body["Healthcheck"] = healthcheck
    body["HostConfig"] = host.json
    body["MacAddress"] = endpoint.macAddress.map { .string($0) }
    if endpoint != NetworkEndpoint() {
      let network = host.networkMode ?? "default"
      body["NetworkingConfig"] = ["EndpointsConfig": .object([network: endpoint.json])]
    }
    return body.json
  }
}

/// The members of a request body; those that are nil are left out.
struct JSONBody {
  private var members: [String: JSONValue] = [:]

  subscript(_ name: String) -> JSONValue? {
    get { members[name] }
    set { members[name] = newValue }
  }

  var json: JSONValue { .object(members) }

  static func strings(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }

  static func nonempty(_ values: [String]) -> JSONValue? {
    values.isEmpty ? nil : strings(values)
  }

  static func nonempty(_ values: [String: String]) -> JSONValue? {
    values.isEmpty ? nil : .object(values.mapValues { .string($0) })
  }

  /// A set as the Engine API writes it: an object of empty objects.
  static func set(_ values: [String]) -> JSONValue? {
    values.isEmpty ? nil : .object(Dictionary(values.map { ($0, [:]) }, uniquingKeysWith: { $1 }))
  }
}
