import Canonical

/// An engine's identity, host and settings.
///
/// Source: Engine API 1.41, GET /info.
public struct EngineInfo: Sendable, Hashable {
  /// The engine's whole answer.
  public let json: JSONValue

  public init(json: JSONValue) { self.json = json }

  private var dialect: EngineDialect { .of(info: json) }

  /// The engine's own identifier, kept in its data folder, or what stands for one.
  public var id: String? { dialect.identity(in: json) }

  /// The engine's own version, `20.10.24+dfsg1`.
  public var version: String? { json["ServerVersion"]?.string }

  /// The product: `podman`, or `dockerd`.
  public var product: String { dialect.product }

  /// The host name of the engine's machine.
  public var name: String? { json["Name"]?.string }

  /// The distribution: `Debian GNU/Linux 12 (bookworm)`.
  public var operatingSystem: String? { json["OperatingSystem"]?.string }

  /// The kernel's release.
  public var kernelVersion: String? { json["KernelVersion"]?.string }

  /// The machine in the kernel's words: `x86_64`.
  public var architecture: String? { json["Architecture"]?.string }

  /// The number of processors that the engine may use.
  public var coreCount: Int64? { json["NCPU"]?.integer }

  /// The memory of the engine's machine in bytes.
  public var memoryInBytes: Int64? { json["MemTotal"]?.integer }

  /// The storage driver: `overlay2`.
  public var storageDriver: String? { json["Driver"]?.string }

  /// The engine's clock at the time of the answer.
  public var systemTime: Timestamp? { json["SystemTime"]?.string.flatMap { Timestamp($0) } }
}
