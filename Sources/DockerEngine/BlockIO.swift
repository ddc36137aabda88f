import Canonical

/// What a container may do with the host's block devices.
///
/// Source: Engine API 1.41, POST /containers/create, HostConfig.Resources.
public struct BlockIO: Sendable, Equatable {
  /// A device's path and a number that belongs to it.
  public struct Device: Sendable, Equatable {
    public var path: String

    /// A weight, bytes a second or operations a second.
    public var value: Int64

    public init(path: String, value: Int64) {
      self.path = path
      self.value = value
    }
  }

  /// The weight against other containers: 10 to 1000, 0 for none.
  public var weight: Int64?
  public var weights: [Device] = []
  public var readBytesPerSecond: [Device] = []
  public var writeBytesPerSecond: [Device] = []
  public var readOperationsPerSecond: [Device] = []
  public var writeOperationsPerSecond: [Device] = []

  public init() {}

  func add(to body: inout JSONBody) {
    body["BlkioWeight"] = weight.map { .integer($0) }
    let lists = [
      ("BlkioWeightDevice", "Weight", weights),
      ("BlkioDeviceReadBps", "Rate", readBytesPerSecond),
      ("BlkioDeviceWriteBps", "Rate", writeBytesPerSecond),
      ("BlkioDeviceReadIOps", "Rate", readOperationsPerSecond),
      ("BlkioDeviceWriteIOps", "Rate", writeOperationsPerSecond),
    ]
    for (name, member, devices) in lists where !devices.isEmpty {
      body[name] = .array(
        devices.map { ["Path": .string($0.path), member: .integer($0.value)] })
    }
  }
}
