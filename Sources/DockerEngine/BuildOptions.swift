import Canonical

/// How an image is built.
///
/// Source: Engine API 1.41, POST /build.
public struct BuildOptions: Sendable {
  public var builder = ImageBuilder.automatic

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

  /// Only the image's id is told. The engine tells all: quiet, it would not even name the image
  /// in a form that is certain.
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

  /// - Parameter builder: the one that is asked for; not `automatic`.
  func query(for builder: ImageBuilder) -> [(String, String?)] {
    func object(_ members: [String: String]) -> String? {
      members.isEmpty ? nil : JSONValue.object(members.mapValues { .string($0) }).text()
    }
    let flags: [(String, String?)] = [
      ("nocache", usesCache ? nil : "1"), ("pull", pulls ? "1" : nil),
      ("rm", removesIntermediateContainers ? "1" : "0"), ("forcerm", forcesRemoval ? "1" : nil),
      ("squash", squashes ? "1" : nil),
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
    let version = builder == .buildKit ? ImageBuilder.buildKitVersion : nil
    return tags.map { ("t", $0) }
      + [
        ("version", version),
        ("dockerfile", dockerfile), ("buildargs", object(buildArguments)),
        ("labels", object(labels)), ("target", target), ("platform", platform),
        ("networkmode", networkMode),
        ("cachefrom", cacheFrom.isEmpty ? nil : JSONBody.strings(cacheFrom).text()),
        ("extrahosts", extraHosts.isEmpty ? nil : extraHosts.joined(separator: ",")),
      ] + flags + limits
  }
}

extension BuildOptions {
  /// The first version of the API whose BuildKit heeds `--shm-size` and `--ulimit`.
  private static let firstLimits = APIVersion(1, 42)

  /// Docker's names of the options given that BuildKit pays no heed to.
  func ignoredByBuildKit(at version: APIVersion) -> [String] {
    let isOld = version < Self.firstLimits
    let given: [(String, Bool)] = [
      ("--force-rm", forcesRemoval), ("--memory", memoryInBytes != nil),
      ("--memory-swap", memorySwapInBytes != nil), ("--cpu-shares", cpuShares != nil),
      ("--cpuset-cpus", cpusetCPUs != nil), ("--cpuset-mems", cpusetMemoryNodes != nil),
      ("--cpu-period", cpuPeriodInMicroseconds != nil),
      ("--cpu-quota", cpuQuotaInMicroseconds != nil), ("--security-opt", !securityOptions.isEmpty),
      ("--shm-size", isOld && sharedMemoryInBytes != nil), ("--ulimit", isOld && !ulimits.isEmpty),
      ("--cgroup-parent", cgroupParent != nil),
    ]
    return given.filter(\.1).map(\.0)
  }
}
