import Canonical

/// What a container takes at one moment.
///
/// Source: Engine API 1.41, GET /containers/{id}/stats.
public struct ContainerStatistics: Sendable, Hashable {
  /// The engine's whole answer.
  public let json: JSONValue

  public init(json: JSONValue) { self.json = json }

  public var id: String { json["id"]?.string ?? "" }

  /// The name, without the slash that the engine puts before it.
  public var name: String {
    let name = json["name"]?.string ?? ""
    return name.hasPrefix("/") ? String(name.dropFirst()) : name
  }

  /// When, by the engine's clock; nil for a container that does not run.
  public var readAt: Timestamp? {
    json["read"]?.string.flatMap { Timestamp($0) }.flatMap {
      $0.millisecondsSince1970 > 0 ? $0 : nil
    }
  }

  /// The share of one processor since the moment before: 1 is one processor, all of the time.
  public var processorShare: Double {
    let (now, before) = (json["cpu_stats"], json["precpu_stats"])
    func used(_ stats: JSONValue?) -> Double {
      Double(stats?["cpu_usage"]?["total_usage"]?.integer ?? 0)
    }
    func system(_ stats: JSONValue?) -> Double {
      Double(stats?["system_cpu_usage"]?.integer ?? 0)
    }
    let processors =
      now?["online_cpus"]?.integer
      ?? Int64(now?["cpu_usage"]?["percpu_usage"]?.array?.count ?? 0)
    let (took, passed) = (used(now) - used(before), system(now) - system(before))
    return took > 0 && passed > 0 ? took / passed * Double(processors) : 0
  }

  /// The memory in use, without the part of the page cache that can go at once.
  public var memoryInBytes: Int64 {
    let memory = json["memory_stats"]
    let usage = memory?["usage"]?.integer ?? 0
    // Of cgroups version 1 and 2.
    let cache =
      memory?["stats"]?["total_inactive_file"]?.integer
      ?? memory?["stats"]?["inactive_file"]?.integer ?? 0
    return cache < usage ? usage - cache : usage
  }

  /// What it may take; that of the host where nothing limits it.
  public var memoryLimitInBytes: Int64 { json["memory_stats"]?["limit"]?.integer ?? 0 }
  public var receivedInBytes: Int64 { network("rx_bytes") }
  public var sentInBytes: Int64 { network("tx_bytes") }
  public var readInBytes: Int64 { block("read") }
  public var writtenInBytes: Int64 { block("write") }

  /// Processes and kernel threads.
  public var processCount: Int { Int(json["pids_stats"]?["current"]?.integer ?? 0) }

  private func network(_ member: String) -> Int64 {
    (json["networks"]?.object ?? [:]).values.reduce(0) { $0 + ($1[member]?.integer ?? 0) }
  }

  private func block(_ operation: String) -> Int64 {
    (json["blkio_stats"]?["io_service_bytes_recursive"]?.array ?? [])
      .filter { $0["op"]?.string?.lowercased() == operation }
      .reduce(0) { $0 + ($1["value"]?.integer ?? 0) }
  }
}
