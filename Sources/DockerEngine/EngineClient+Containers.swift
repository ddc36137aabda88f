import Canonical
import HTTP

/// What the engine says of a container that it created.
public struct CreatedContainer: Sendable, Hashable {
  /// The full id, 64 hexadecimal digits.
  public let id: String

  /// What the engine ignored or thinks unwise.
  public let warnings: [String]
}

/// Which containers to list.
public struct ContainerFilter: Sendable {
  /// Whether those that do not run are listed too.
  public var includesStopped: Bool

  /// The newest so many, running or not.
  public var limit: Int?

  /// The engine's own filters: `["label": ["a=b"], "status": ["exited"]]`.
  public var filters: [String: [String]]

  /// Whether sizes are computed, which takes long.
  public var includesSizes: Bool

  public init(
    includesStopped: Bool = false, limit: Int? = nil, filters: [String: [String]] = [:],
    includesSizes: Bool = false
  ) {
    self.includesStopped = includesStopped
    self.limit = limit
    self.filters = filters
    self.includesSizes = includesSizes
  }
}

extension EngineClient {
  /// Creates a container, which does not run yet.
  ///
  /// - Parameters:
  ///   - name: nil lets the engine choose.
  ///   - platform: `linux/arm64`, where the image has several.
  /// - Throws: `EngineError`: `notFound` without the image, `conflict` when the name is taken.
  /// - Source: Engine API 1.41, POST /containers/create.
  public func createContainer(
    _ specification: ContainerSpecification, name: String? = nil, platform: String? = nil
  ) async throws -> CreatedContainer {
    try Self.checkName(specification.image, RouteTable.containerCreate)
    return try await createContainer(specification.json, name: name, platform: platform)
  }

  /// Creates a container of a body as the Engine API has it.
  package func createContainer(
    _ body: JSONValue, name: String? = nil, platform: String? = nil
  ) async throws -> CreatedContainer {
    let answer = try await json(
      RouteTable.containerCreate, query: [("name", name), ("platform", platform)], json: body)
    guard let id = answer["Id"]?.string else {
      throw EngineError(
        .unexpectedAnswer, "the engine created a container and did not say which",
        operation: RouteTable.containerCreate.operation)
    }
    return CreatedContainer(id: id, warnings: answer["Warnings"]?.strings ?? [])
  }

  /// Returns a container's configuration and state.
  ///
  /// - Parameter id: an id, a unique prefix of one, or a name.
  /// - Source: Engine API 1.41, GET /containers/{id}/json.
  public func inspectContainer(
    _ id: String, includesSizes: Bool = false
  ) async throws -> ContainerInspection {
    ContainerInspection(
      json: try await json(
        RouteTable.containerInspect, [id], query: [("size", includesSizes ? "1" : nil)]))
  }

  /// Returns containers, newest first.
  ///
  /// - Source: Engine API 1.41, GET /containers/json.
  public func listContainers(
    _ filter: ContainerFilter = ContainerFilter()
  ) async throws -> [ContainerSummary] {
    let list = try await json(
      RouteTable.containerList,
      query: [
        ("all", filter.includesStopped ? "1" : nil), ("limit", filter.limit.map(String.init)),
        ("size", filter.includesSizes ? "1" : nil),
        ("filters", Self.encode(filters: dialect.filters(filter.filters))),
      ])
    return (list.array ?? []).map { ContainerSummary(json: $0) }
  }

  /// Removes a container.
  ///
  /// - Parameters:
  ///   - removesVolumes: its anonymous volumes too.
  ///   - force: kills it first when it runs.
  /// - Throws: `EngineError`: `conflict` when it runs and `force` is not given.
  /// - Source: Engine API 1.41, DELETE /containers/{id}.
  public func removeContainer(
    _ id: String, removesVolumes: Bool = false, force: Bool = false
  ) async throws {
    _ = try await send(
      RouteTable.containerRemove, [id],
      query: [("v", removesVolumes ? "1" : nil), ("force", force ? "1" : nil)])
  }

  /// Gives a container another name.
  ///
  /// - Source: Engine API 1.41, POST /containers/{id}/rename.
  public func renameContainer(_ id: String, to name: String) async throws {
    _ = try await send(RouteTable.containerRename, [id], query: [("name", name)])
  }

  /// Makes an image of a container's file system.
  ///
  /// - Returns: the image's id, `sha256:…`.
  /// - Source: Engine API 1.41, POST /commit.
  public func commitContainer(
    _ id: String, options: CommitOptions = CommitOptions()
  ) async throws -> String {
    let answer = try await json(
      RouteTable.containerCommit,
      query: [
        ("container", id), ("repo", options.repository), ("tag", options.tag),
        ("comment", options.message), ("author", options.author),
        ("pause", options.pauses ? nil : "0"),
      ]
        + (options.changes + dialect.instructions(for: options.configuration)).map {
          ("changes", $0)
        }, json: options.configuration ?? [:])
    guard let image = answer["Id"]?.string else {
      throw EngineError(
        .unexpectedAnswer, "the engine committed a container and did not name the image",
        operation: RouteTable.containerCommit.operation)
    }
    return image
  }
}

/// How a container becomes an image.
public struct CommitOptions: Sendable {
  /// The image's name, without a tag; nil for none.
  public var repository: String?
  public var tag: String?
  public var message: String?
  public var author: String?

  /// Whether the container is paused meanwhile.
  public var pauses = true

  /// Dockerfile instructions to apply: `CMD ["sh"]`.
  public var changes: [String] = []

  /// The members of the container's configuration that the image changes.
  public var configuration: JSONValue?

  public init() {}
}
