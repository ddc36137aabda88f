import Canonical
import HTTP

/// What an archive that comes in is told to become.
///
/// Source: Engine API 1.41, POST /images/create with `fromSrc`.
public struct ImportOptions: Sendable {
  public var repository: String?
  public var tag: String?
  public var message: String?

  /// Dockerfile instructions to apply.
  public var changes: [String] = []

  /// `os[/architecture[/variant]]`.
  public var platform: String?

  public init() {}
}

/// Bytes that are asked for as the engine takes them; nil ends them.
public typealias ByteSource = @Sendable () async throws -> [UInt8]?

extension EngineClient {
  /// The file system of a container as a tar archive.
  ///
  /// - Source: Engine API 1.41, GET /containers/{id}/export.
  public func exportContainer<Result: Sendable>(
    _ id: String, _ read: (HTTPResponseBody) async throws -> Result
  ) async throws -> Result {
    try await withResponse(RouteTable.containerExport, [id], limits: .patient) { response in
      try await read(response.body)
    }
  }

  /// What is at a path in a container; a symbolic link is told as itself.
  ///
  /// - Source: Engine API 1.41, HEAD /containers/{id}/archive.
  public func pathStat(in id: String, at path: String) async throws -> PathStat {
    let route = RouteTable.containerPathStat
    let request = HTTPRequest(
      method: route.method,
      target: route.target(version: apiVersion, [id], query: [("path", path)]))
    return try await transport.withResponse(to: request) { response in
      guard response.status < 400 else {
        // A HEAD has no body that could say more.
        throw EngineError(
          status: response.status,
          message: response.status == 404
            ? "there is no \(path) in the container \(id), or no such container"
            : "the engine answered with status \(response.status)",
          operation: route.operation)
      }
      return try PathStat(header: response.headers["X-Docker-Container-Path-Stat"])
    }
  }

  /// Path and query of the request that gives a file or folder of a container as a tar archive.
  package func archiveTarget(of id: String, path: String) -> String {
    RouteTable.containerCopyOut.target(version: apiVersion, [id], query: [("path", path)])
  }

  /// A file or folder of a container as a tar archive, with what it is.
  ///
  /// The engine locks the container until the archive is read to its end.
  ///
  /// - Parameter path: `folder/.` gives what is in the folder.
  /// - Source: Engine API 1.41, GET /containers/{id}/archive.
  public func archive<Result: Sendable>(
    of id: String, path: String,
    _ read: (PathStat, HTTPResponseBody) async throws -> Result
  ) async throws -> Result {
    try await withResponse(
      RouteTable.containerCopyOut, [id], query: [("path", path)], limits: .patient
    ) { response in
      let stat = try PathStat(header: response.headers["X-Docker-Container-Path-Stat"])
      return try await read(stat, response.body)
    }
  }

  /// Extracts a tar archive into a folder of a container.
  ///
  /// - Parameters:
  ///   - keepsKinds: whether a folder may not become a file, nor a file a folder.
  ///   - keepsOwners: whether owner and group come from the archive.
  ///   - archive: the engine takes bytes that are no tar for an empty one.
  /// - Source: Engine API 1.41, PUT /containers/{id}/archive.
  public func extract(
    into id: String, at path: String, keepsKinds: Bool = false, keepsOwners: Bool = false,
    archive: @escaping ByteSource
  ) async throws {
    let query = [
      ("path", path), ("noOverwriteDirNonDir", keepsKinds ? "true" : nil),
      ("copyUIDGID", keepsOwners ? "true" : nil),
    ]
    try await withResponse(
      RouteTable.containerCopyIn, [id], query: query,
      headers: ["Content-Type": "application/x-tar"],
      body: .stream(length: nil, next: archive), limits: .patient
    ) { response in
      for try await _ in response.body {}
    }
  }

  /// Images as one tar archive, as `docker load` takes it.
  ///
  /// - Source: Engine API 1.41, GET /images/get.
  public func saveImages<Result: Sendable>(
    _ names: [String], _ read: (HTTPResponseBody) async throws -> Result
  ) async throws -> Result {
    try await withResponse(
      RouteTable.imageSave, query: names.map { ("names", $0) }, limits: .patient
    ) { response in try await read(response.body) }
  }

  /// Loads the images of an archive.
  ///
  /// - Returns: the names, or ids where they have none, of what was loaded.
  /// - Source: Engine API 1.41, POST /images/load.
  public func loadImages(
    _ archive: @escaping ByteSource, isQuiet: Bool = false,
    onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> [String] {
    let route = RouteTable.imageLoad
    return try await withResponse(
      route, query: [("quiet", isQuiet ? "1" : nil)],
      headers: ["Content-Type": "application/x-tar"],
      body: .stream(length: nil, next: archive), limits: .patient
    ) { response in
      var names: [String] = []
      for try await line in JSONLines(response.body, route, dialect) {
        names += Self.loadedImages(line)
        if let event = ProgressEvent(json: line) { try await onEvent(event) }
      }
      return names
    }
  }

  /// The images that a line of a load's answer names; none for any other line.
  package static func loadedImages(_ line: JSONValue) -> [String] {
    (line["stream"]?.string ?? "").split(whereSeparator: \.isNewline).compactMap { text in
      for prefix in ["Loaded image: ", "Loaded image ID: "] where text.hasPrefix(prefix) {
        return String(text.dropFirst(prefix.count))
      }
      return nil
    }
  }

  /// Makes an image of a file system.
  ///
  /// - Parameters:
  ///   - archive: the tar of the file system; nil lets the engine fetch it.
  ///   - url: where the engine fetches it; not looked at when there is an archive.
  /// - Returns: the image's id.
  /// - Source: Engine API 1.41, POST /images/create with `fromSrc`.
  public func importImage(
    archive: ByteSource?, url: String = "", options: ImportOptions,
    onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> String {
    let route = RouteTable.imageImport
    let query: [(String, String?)] =
      [("fromSrc", archive == nil ? url : "-")]
      + dialect.importQuery(repository: options.repository, tag: options.tag)
      + [("message", options.message), ("platform", options.platform)]
      + options.changes.map { ("changes", $0) }
    let body = archive.map { HTTPRequestBody.stream(length: nil, next: $0) } ?? .none
    return try await withResponse(
      route, query: query, headers: ["Content-Type": "application/x-tar"], body: body,
      limits: .patient
    ) { response in
      var image: String?
      for try await line in JSONLines(response.body, route, dialect) {
        if let id = Self.importedImage(line) {
          image = id
        } else if let event = ProgressEvent(json: line) {
          try await onEvent(event)
        }
      }
      guard let image else {
        throw EngineError(
          .unexpectedAnswer, "the import ended and the engine did not name an image",
          operation: route.operation)
      }
      return image
    }
  }

  /// The image that a line of an import's answer names; nil for any other line.
  package static func importedImage(_ line: JSONValue) -> String? {
    line["status"]?.string.flatMap { $0.hasPrefix("sha256:") ? $0 : nil }
  }
}
