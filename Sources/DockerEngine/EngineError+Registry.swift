extension EngineError {
  /// The code that an engine's words tell of what a registry said; nil when they tell none.
  ///
  /// An engine passes a registry's refusal on as text, with status 500 or inside of a stream that
  /// began with 200: there is no other way to tell them apart. The words are those of the error
  /// codes of the distribution specification, of the engine's own registry client, and of Go's
  /// network library. Without a session BuildKit has nobody to ask for the credentials that a
  /// registry wants.
  ///
  /// Source: OCI distribution specification 1.1, "Error Codes"; moby, distribution/errors.go.
  static func registryCode(inWords message: String) -> Code? {
    let words: [(Code, [String])] = [
      (
        .unauthorized,
        [
          ": unauthorized: ", ": denied: ", "no basic auth credentials", "401 Unauthorized",
          "403 Forbidden", "no active session",
        ]
      ),
      (
        .notFound,
        [
          "manifest unknown", "name unknown", "tag does not exist",
          "An image does not exist locally", "404 Not Found",
        ]
      ),
      (
        .registryUnreachable,
        [
          "dial tcp", "read tcp", "TLS handshake timeout", "Client.Timeout exceeded",
        ]
      ),
    ]
    // A code stands at the beginning, or behind what was tried: "permission denied: " is none.
    let text = ": " + message
    return words.first { $0.1.contains { text.contains($0) } }?.0
  }
}

extension EngineClient {
  /// Gives the refusals of a registry, and those of the way to it, codes of their own.
  func namingRegistryRefusals<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let error as EngineError where [.engineFault, .inStream].contains(error.code) {
      guard let code = EngineError.registryCode(inWords: error.message) else { throw error }
      throw EngineError(
        code, error.message, status: error.status, operation: error.operation,
        exitCode: error.exitCode)
    }
  }
}
