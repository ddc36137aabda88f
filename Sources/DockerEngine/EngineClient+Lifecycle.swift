import Canonical
import HTTP

extension EngineClient {
  /// Starts a container.
  ///
  /// - Returns: false when it runs already.
  /// - Source: Engine API 1.41, POST /containers/{id}/start.
  @discardableResult
  public func startContainer(_ id: String) async throws -> Bool {
    try await send(RouteTable.containerStart, [id]).status != 304
  }

  /// Stops a container with its stop signal, and kills it when that does not help.
  ///
  /// - Parameters:
  ///   - timeout: how long to wait before the kill; nil for the container's own.
  ///   - signal: another signal, from API 1.42 on.
  /// - Returns: false when it was stopped already.
  /// - Source: Engine API 1.41, POST /containers/{id}/stop.
  @discardableResult
  public func stopContainer(
    _ id: String, timeout: Duration? = nil, signal: String? = nil
  ) async throws -> Bool {
    try await send(
      RouteTable.containerStop, [id], query: [("t", Self.seconds(timeout)), ("signal", signal)],
      limits: .patient
    ).status != 304
  }

  /// Stops a container as `stopContainer` does, and starts it again.
  ///
  /// - Source: Engine API 1.41, POST /containers/{id}/restart.
  public func restartContainer(
    _ id: String, timeout: Duration? = nil, signal: String? = nil
  ) async throws {
    _ = try await send(
      RouteTable.containerRestart, [id],
      query: [("t", Self.seconds(timeout)), ("signal", signal)], limits: .patient)
  }

  /// Sends a signal to a container's first process.
  ///
  /// - Parameter signal: a name or a number; nil for SIGKILL.
  /// - Throws: `EngineError`: `conflict` when it does not run.
  /// - Source: Engine API 1.41, POST /containers/{id}/kill.
  public func killContainer(_ id: String, signal: String? = nil) async throws {
    _ = try await send(RouteTable.containerKill, [id], query: [("signal", signal)])
  }

  /// Tells the engine how large the terminal of a container is.
  ///
  /// - Source: Engine API 1.41, POST /containers/{id}/resize.
  public func resizeTerminal(of id: String, to size: TerminalSize) async throws {
    _ = try await send(RouteTable.containerResize, [id], query: size.query)
  }

  /// When waiting ends.
  public enum WaitCondition: String, Sendable {
    case notRunning = "not-running"
    case nextExit = "next-exit"
    case removed
  }

  /// Waits for a container to end, as long as that takes.
  ///
  /// - Parameter onRegistered: called once the engine is watching, so that a start after it
  ///   cannot be missed.
  /// - Returns: the exit code.
  /// - Source: Engine API 1.41, POST /containers/{id}/wait.
  public func waitForContainer(
    _ id: String, until condition: WaitCondition = .notRunning,
    onRegistered: @Sendable () -> Void = {}
  ) async throws -> Int {
    let route = RouteTable.containerWait
    return try await withResponse(
      route, [id], query: [("condition", condition.rawValue)], limits: .patient
    ) { response in
      onRegistered()
      let answer = try Self.parse(try await response.body.collect(), route)
      if let message = answer["Error"]?["Message"]?.string, !message.isEmpty {
        throw EngineError(.engineFault, message, operation: route.operation)
      }
      guard let code = answer["StatusCode"]?.integer else {
        throw EngineError(
          .unexpectedAnswer, "the engine did not tell the exit code", operation: route.operation)
      }
      return Int(code)
    }
  }

  /// Hands over what a container wrote, and with `follows` what it goes on to write.
  ///
  /// - Parameter isFramed: false for a container with a terminal.
  /// - Source: Engine API 1.41, GET /containers/{id}/logs.
  public func logs(
    of id: String, options: LogOptions = LogOptions(), isFramed: Bool,
    _ consume: (OutputFrames) async throws -> Void
  ) async throws {
    let route = RouteTable.containerLogs
    try await withResponse(
      route, [id],
      query: [
        ("stdout", options.includesStandardOutput ? "1" : nil),
        ("stderr", options.includesStandardError ? "1" : nil),
        ("follow", options.follows ? "1" : nil), ("timestamps", options.showsTimes ? "1" : nil),
        ("details", options.showsDetails ? "1" : nil),
        ("since", options.since), ("until", options.until), ("tail", options.tail),
      ], limits: .patient
    ) { response in
      try await consume(
        OutputFrames(body: response.body, isFramed: isFramed, operation: route.operation))
    }
  }

  private static func seconds(_ duration: Duration?) -> String? {
    duration.map { String($0.components.seconds) }
  }
}

/// Which part of a container's log.
public struct LogOptions: Sendable {
  public var includesStandardOutput = true
  public var includesStandardError = true

  /// Whether the log goes on as long as the container runs.
  public var follows = false

  /// Whether each line begins with its time.
  public var showsTimes = false

  /// Whether each line begins with the labels and variables that the log driver was told to keep.
  public var showsDetails = false

  /// Seconds since 1970, with a fraction where wanted.
  public var since: String?
  public var until: String?

  /// The number of last lines, or `all`.
  public var tail: String?

  public init() {}
}
