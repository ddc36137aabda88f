import Canonical
import HTTP

/// How an image is built.
///
/// Source: Engine API 1.41, POST /build.
public struct BuildOptions: Sendable {
  /// The names that the image gets.
  public var tags: [String] = []

  /// The Dockerfile's path inside the context; nil for `Dockerfile`.
  public var dockerfile: String?
  public var buildArguments: [String: String] = [:]
  public var labels: [String: String] = [:]

  /// The stage to stop at.
  public var target: String?
  public var platform: String?
  public var usesCache = true

  /// Whether base images are pulled although they are here.
  public var pulls = false
  public var removesIntermediateContainers = true

  /// Intermediate containers are removed although the build failed.
  public var forcesRemoval = false

  /// Only the image's id is told.
  public var isQuiet = false
  public var cacheFrom: [String] = []
  public var networkMode: String?
  public var memoryInBytes: Int64?
  public var memorySwapInBytes: Int64?
  public var cpuShares: Int64?
  public var cpusetCPUs: String?
  public var cpusetMemoryNodes: String?
  public var cpuPeriodInMicroseconds: Int64?
  public var cpuQuotaInMicroseconds: Int64?
  public var sharedMemoryInBytes: Int64?
  public var ulimits: [Ulimit] = []
  public var securityOptions: [String] = []
  public var cgroupParent: String?

  /// Whether the layers become one; an engine needs its experimental features for it.
  public var squashes = false
  public var extraHosts: [String] = []

  public init() {}

  var query: [(String, String?)] {
    func object(_ members: [String: String]) -> String? {
      members.isEmpty ? nil : JSONValue.object(members.mapValues { .string($0) }).text()
    }
    let flags: [(String, String?)] = [
      ("nocache", usesCache ? nil : "1"), ("pull", pulls ? "1" : nil),
      ("rm", removesIntermediateContainers ? "1" : "0"), ("forcerm", forcesRemoval ? "1" : nil),
      ("q", isQuiet ? "1" : nil), ("squash", squashes ? "1" : nil),
    ]
    let limits: [(String, String?)] = [
      ("memory", memoryInBytes.map { String($0) }),
      ("memswap", memorySwapInBytes.map { String($0) }),
      ("cpushares", cpuShares.map { String($0) }), ("cpusetcpus", cpusetCPUs),
      ("cpusetmems", cpusetMemoryNodes),
      ("cpuperiod", cpuPeriodInMicroseconds.map { String($0) }),
      ("cpuquota", cpuQuotaInMicroseconds.map { String($0) }),
      ("shmsize", sharedMemoryInBytes.map { String($0) }), ("cgroupparent", cgroupParent),
      ("ulimits", ulimits.isEmpty ? nil : JSONValue.array(ulimits.map(\.json)).text()),
      ("securityopt", securityOptions.isEmpty ? nil : JSONBody.strings(securityOptions).text()),
    ]
    return tags.map { ("t", $0) }
      + [
        ("dockerfile", dockerfile), ("buildargs", object(buildArguments)),
        ("labels", object(labels)), ("target", target), ("platform", platform),
        ("networkmode", networkMode),
        ("cachefrom", cacheFrom.isEmpty ? nil : JSONBody.strings(cacheFrom).text()),
        ("extrahosts", extraHosts.isEmpty ? nil : extraHosts.joined(separator: ",")),
      ] + flags + limits
  }
}

/// What a build tells while it runs.
public enum BuildEvent: Sendable, Hashable {
  /// Text for the user, with its line feeds.
  case output(String)

  /// The state of one layer of a base image that is being pulled.
  case progress(id: String?, status: String, current: Int64?, total: Int64?)

  /// The id of the image: the last one told is the result.
  case image(id: String)

  init?(json: JSONValue) {
    if let id = json["aux"]?["ID"]?.string {
      self = .image(id: id)
    } else if let text = json["stream"]?.string {
      self = .output(text)
    } else if let status = json["status"]?.string {
      self = .progress(
        id: json["id"]?.string, status: status,
        current: json["progressDetail"]?["current"]?.integer,
        total: json["progressDetail"]?["total"]?.integer)
    } else {
      return nil
    }
  }
}

extension EngineClient {
  /// Builds an image from a context.
  ///
  /// - Parameters:
  ///   - context: the tar of the context, asked for as the engine takes it.
  ///   - onEvent: called with each event as it comes; the engine waits for it.
  /// - Returns: the id of the image.
  /// - Throws: `EngineError` of code `inStream` when a step fails, with the exit code of its
  ///   command.
  /// - Source: Engine API 1.41, POST /build.
  public func buildImage(
    context: @escaping @Sendable () async throws -> [UInt8]?, options: BuildOptions,
    onEvent: (BuildEvent) async throws -> Void = { _ in }
  ) async throws -> String {
    let route = RouteTable.imageBuild
    return try await withResponse(
      route, query: options.query, headers: ["Content-Type": "application/x-tar"],
      body: .stream(length: nil, next: context), limits: .patient
    ) { response in
      var image: String?
      for try await line in JSONLines(response.body, route, dialect) {
        guard let event = BuildEvent(json: line) else { continue }
        if case .image(let id) = event { image = id }
        try await onEvent(event)
      }
      guard let image else {
        throw EngineError(
          .unexpectedAnswer, "the build ended and the engine did not name an image",
          operation: route.operation)
      }
      return image
    }
  }
}
