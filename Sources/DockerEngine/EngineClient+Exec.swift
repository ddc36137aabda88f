import Canonical
import HTTP

/// A command to be executed in a running container.
///
/// Source: Engine API 1.41, POST /containers/{id}/exec.
public struct ExecSpecification: Sendable, Equatable {
  /// The command with its arguments.
  public var command: [String]

  /// `NAME=value`.
  public var environment: [String] = []
  public var workingDirectory: String?

  /// `user`, `uid`, `user:group` or `uid:gid`; nil for the container's.
  public var user: String?
  public var isPrivileged = false

  /// Whether it has a terminal, which joins both outputs.
  public var hasTerminal = false
  public var attachesStandardInput = false
  public var attachesStandardOutput = true
  public var attachesStandardError = true

  /// The keys by which the engine too takes leave of a terminal; nil for its own.
  public var detachKeys: DetachKeys?

  public init(command: [String]) { self.command = command }

  /// The request body.
  public var json: JSONValue {
    var body = JSONBody()
    body["Cmd"] = JSONBody.strings(command)
    body["Env"] = JSONBody.nonempty(environment)
    body["WorkingDir"] = workingDirectory.map { .string($0) }
    body["User"] = user.map { .string($0) }
    body["Privileged"] = isPrivileged ? true : nil
    body["Tty"] = hasTerminal ? true : nil
    body["AttachStdin"] = attachesStandardInput ? true : nil
    body["DetachKeys"] = detachKeys.map { .string($0.text) }
    body["AttachStdout"] = .bool(attachesStandardOutput)
    body["AttachStderr"] = .bool(attachesStandardError)
    return body.json
  }
}

extension EngineClient {
  /// Makes a command ready in a running container.
  ///
  /// - Returns: the id by which it is started.
  /// - Source: Engine API 1.41, POST /containers/{id}/exec.
  public func createExec(
    in container: String, _ specification: ExecSpecification
  ) async throws -> String {
    let answer = try await json(RouteTable.execCreate, [container], json: specification.json)
    guard let id = answer["Id"]?.string else {
      throw EngineError(
        .unexpectedAnswer, "the engine did not name the command it made ready",
        operation: RouteTable.execCreate.operation)
    }
    return id
  }

  /// Starts a command that was made ready, and hands over its output until it ends; with `input`
  /// passes that on to its standard input.
  ///
  /// - Parameters:
  ///   - isFramed: false for a command with a terminal.
  ///   - input: the next bytes; nil ends the command's input.
  ///   - onStarted: called once it runs.
  /// - Throws: `EngineError`; what `input` threw.
  /// - Source: Engine API 1.41, POST /exec/{id}/start.
  public func startExec(
    _ id: String, isFramed: Bool, input: (@Sendable () async throws -> [UInt8]?)? = nil,
    onStarted: @Sendable () -> Void = {}, _ consume: (OutputFrames) async throws -> Void
  ) async throws {
    let route = RouteTable.execStart
    let body: JSONValue = ["Detach": false, "Tty": .bool(!isFramed)]
    try await withResponse(
      route, [id], headers: ["Content-Type": "application/json"], body: .bytes(body.bytes()),
      upstream: input, limits: .patient
    ) { response in
      onStarted()
      try await consume(
        OutputFrames(body: response.body, isFramed: isFramed, operation: route.operation))
    }
  }

  /// Starts a command that was made ready, and leaves it alone.
  ///
  /// - Source: Engine API 1.41, POST /exec/{id}/start.
  public func startExecDetached(_ id: String) async throws {
    _ = try await send(RouteTable.execStart, [id], json: ["Detach": true, "Tty": false])
  }

  /// Tells the engine how large the terminal of a command is.
  ///
  /// - Source: Engine API 1.41, POST /exec/{id}/resize.
  public func resizeTerminal(ofExec id: String, to size: TerminalSize) async throws {
    _ = try await send(RouteTable.execResize, [id], query: size.query)
  }

  /// What the engine says of a command.
  ///
  /// - Returns: the exit code; nil while it runs.
  /// - Source: Engine API 1.41, GET /exec/{id}/json.
  public func exitCode(ofExec id: String) async throws -> Int? {
    let answer = try await json(RouteTable.execInspect, [id])
    guard answer["Running"]?.bool != true else { return nil }
    return answer["ExitCode"]?.integer.map { Int($0) }
  }
}
