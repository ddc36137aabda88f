import Canonical
import DockerEngine
import Provenance

/// What gives a container again, from its snapshot alone: the request that creates it, and the
/// networks that it joins.
///
/// What its image gives is left out, as far as the image's snapshot is known, and so is what every
/// engine fills in by itself. Of what was redacted a recipe knows only where it stood: each such
/// place is a `Blank`, a name under which whoever uses the recipe supplies the value.
///
/// ```swift
/// let recipe = ContainerRecipe(snapshot: snapshot, image: imageSnapshot)
/// let body = try recipe.creation(supplying: ["DB_PASSWORD": password])
/// ```
public struct ContainerRecipe: Sendable {
  /// The name of the container; the beginning of its id where it had none.
  public let name: String

  /// The image as whoever created the container named it; its id where that was no name.
  public let imageName: String

  /// The id of the image, `sha256:…`; nil where the snapshot has none.
  public let imageID: String?

  /// Whether the image's snapshot is known. Where it is not, all is said that the image may give.
  public let isImageKnown: Bool

  /// What must be supplied, each once, in the order of the configuration.
  public var blanks: [Blank] { blankNames.blanks }

  /// The body of the request, with commitments where blanks are.
  let body: JSONValue

  /// The networks beside the one that it is created in, with commitments where blanks are.
  let connections: [ContainerRequest.Connection]

  /// The network that it is created in and then leaves.
  let disconnection: String?

  /// The networks and volumes that the container needs, as the history knows them.
  var surroundings = ContainerSurroundings()

  private(set) var blankNames = BlankNames()

  /// - Parameters:
  ///   - snapshot: a container's snapshot, as `containers/8a/<full id>.json` of a history has it.
  ///   - image: the snapshot of its image; nil where there is none.
  public init(snapshot: JSONValue, image: JSONValue?) {
    let id = snapshot["Id"]?.string ?? ""
    name = snapshot["Name"]?.string ?? String(id.prefix(12))
    imageID = snapshot["Image"]?.string
    imageName = Self.imageName(snapshot["Config"]?["Image"]?.string, of: imageID)
    isImageKnown = image != nil
    let request = ContainerRequest(
      container: snapshot, networks: snapshot["Networks"], image: image.map { $0["Config"] ?? [:] })
    var members = request.body.object ?? [:]
    members["Image"] = .string(imageName)
    body = .object(members)
    connections = request.connections
    disconnection = request.disconnection
    blankNames.add(creation: body)
    for connection in connections {
      blankNames.add(connection.endpoint, at: ["Networks", connection.network])
    }
  }

  /// A name, where the image was named; the beginning of an id may be that of others, too.
  private static func imageName(_ given: String?, of id: String?) -> String {
    guard let given, !given.isEmpty else { return id ?? "" }
    guard let id else { return given }
    let digits = id.hasPrefix("sha256:") ? id.dropFirst(7) : id[...]
    return id.hasPrefix(given) || digits.hasPrefix(given) ? id : given
  }
}

extension ContainerRecipe {
  /// A network that the container joins after its creation.
  public struct Connection: Sendable, Hashable {
    public let network: String

    /// How the container is reached there, as the Engine API has it: EndpointSettings.
    public let endpoint: JSONValue
  }

  /// Returns the body of the request that creates the container. Source: Engine API 1.41, POST
  /// /containers/create.
  ///
  /// - Parameter values: those of the blanks, by their names.
  /// - Throws: `SmartContainersError` of code `usage` where one is missing.
  public func creation(
    supplying values: [String: String] = [:]
  ) throws(SmartContainersError) -> JSONValue {
    try requireAll(of: values)
    return blankNames.filled(body) { values[$0] ?? "" }
  }

  /// Returns the networks that it joins then, in the order of their names.
  ///
  /// - Parameter values: those of the blanks, by their names.
  /// - Throws: `SmartContainersError` of code `usage` where one is missing.
  public func connections(
    supplying values: [String: String] = [:]
  ) throws(SmartContainersError) -> [Connection] {
    try requireAll(of: values)
    return connections.map { connection in
      Connection(
        network: connection.network,
        endpoint: blankNames.filled(connection.endpoint) { values[$0] ?? "" })
    }
  }

  /// The network that it is created in and had left; nil when it was in it.
  public var abandonedNetwork: String? { disconnection }

  private func requireAll(of values: [String: String]) throws(SmartContainersError) {
    let missing = blanks.map(\.name).filter { values[$0] == nil }
    guard missing.isEmpty else {
      throw SmartContainersError(
        .usage, "values that were redacted are missing: \(missing.joined(separator: ", "))")
    }
  }

  /// Notes what else must be supplied for what the container needs.
  mutating func add(_ surroundings: ContainerSurroundings) {
    self.surroundings = surroundings
    for (name, network) in surroundings.networks.sorted(by: { $0.key < $1.key }) {
      blankNames.add(network, at: ["Network", name])
    }
    for (name, volume) in surroundings.volumes.sorted(by: { $0.key < $1.key }) {
      blankNames.add(volume, at: ["Volume", name])
    }
  }
}
