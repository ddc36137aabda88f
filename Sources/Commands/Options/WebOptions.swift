import Arguments
import SmartContainers

/// How something is fetched from the web.
struct WebOptions {
  let maxSize: ByteSize?
  let maxTime: EngineDuration?
  let idleTime: EngineDuration?
  let byEngine: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    maxSize = try arguments.option(
      "max-size", value: "bytes", help: "The most that is fetched: 16g; 0 for any size.")
    maxTime = try arguments.option(
      "max-time", value: "duration", help: "The longest time to fetch it; any, unless it is given.")
    idleTime = try arguments.option(
      "idle-time", value: "duration", help: "The longest silence of the server: 60s.")
    byEngine = arguments.flag("by-engine", help: "Let the engine fetch the URL.")
  }

  /// - Throws: `UsageError` for limits that nobody would keep.
  func limits() throws(UsageError) -> WebClient.Limits {
    guard !byEngine || maxSize == nil && maxTime == nil && idleTime == nil else {
      throw UsageError("--by-engine fetches within the engine's own limits")
    }
    var limits = WebClient.Limits()
    if let bytes = maxSize?.bytes {
      guard bytes >= 0 else { throw UsageError("--max-size \(bytes): it is no size") }
      limits.byteCount = bytes == 0 ? nil : bytes
    }
    if let maxTime { limits.total = .nanoseconds(maxTime.nanoseconds) }
    if let idleTime { limits.idle = .nanoseconds(idleTime.nanoseconds) }
    return limits
  }
}
