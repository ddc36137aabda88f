import DockerEngine
import HTTP
import Testing

@testable import SmartContainers

/// A transport that loses the engine's answer, or already the request.
struct LosingTransport: HTTPTransport {
  let engine: any HTTPTransport
  let isSent: Bool

  func withResponse<Result: Sendable>(
    to request: HTTPRequest, _ handle: (HTTPResponse) async throws -> Result
  ) async throws -> Result {
    if isSent {
      try await engine.withResponse(to: request) { response in
        for try await _ in response.body {}
      }
    }
    throw TransportError(.lost, "the connection ended", underlying: nil)
  }
}

extension Laboratory {
  /// Leaves the intent of an operation in the journal, as a process that is killed does.
  ///
  /// - Parameter isSent: whether the engine got the request.
  func leave(isSent: Bool, _ body: (EngineClient) async throws -> Void) async throws {
    let client = try await Client.open(places)
    let transport = LosingTransport(engine: client.transport, isSent: isSent)
    let engine = client.engine.over(
      RecordingTransport(
        recorder: client.recorder, log: SingleOperationLog(recorder: client.recorder),
        engine: transport))
    await #expect(throws: TransportError.self) { try await body(engine) }
    #expect(try journal().count >= 1)
  }

  /// What the next start records of what was left.
  func settle() async throws -> [Record] { try await records { _ in } }
}
