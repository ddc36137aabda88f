import HTTP

/// What is passed between a container and whoever is attached to it.
public struct AttachOptions: Sendable {
  public var passesStandardOutput = true
  public var passesStandardError = true

  /// Whether the container has a terminal: its output has no frames then.
  public var hasTerminal = false

  /// The keys by which the engine too takes leave of a terminal; nil for its own.
  public var detachKeys: DetachKeys?

  public init() {}
}

extension EngineClient {
  /// Attaches to a container: hands over its output from now on, live, until it ends, and with
  /// `input` passes that on to its standard input.
  ///
  /// - Parameters:
  ///   - input: the next bytes; nil ends the container's input.
  ///   - onAttached: called once the engine is attached, so that a start after it loses nothing.
  /// - Throws: `EngineError`; what `input` threw.
  /// - Source: Engine API 1.41, POST /containers/{id}/attach.
  public func attach(
    to id: String, _ options: AttachOptions = AttachOptions(),
    input: (@Sendable () async throws -> [UInt8]?)? = nil,
    onAttached: @Sendable () -> Void = {},
    _ consume: (OutputFrames) async throws -> Void
  ) async throws {
    let route = RouteTable.containerAttach
    try await withResponse(
      route, [id],
      query: [
        ("stream", "1"), ("stdin", input == nil ? nil : "1"),
        ("stdout", options.passesStandardOutput ? "1" : nil),
        ("stderr", options.passesStandardError ? "1" : nil),
        ("detachKeys", options.detachKeys?.text),
      ], upstream: input, limits: .patient
    ) { response in
      onAttached()
      try await consume(
        OutputFrames(
          body: response.body, isFramed: !options.hasTerminal, operation: route.operation,
          omitted: dialect.outputs(omittedBy: options)))
    }
  }
}
