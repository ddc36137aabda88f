import Canonical
import HTTP

/// What a registry answered to credentials that it takes.
public struct RegistryWelcome: Sendable, Hashable {
  /// The engine's words: `Login Succeeded`.
  public let status: String

  /// What is to be kept in place of the password; nil when that is the password itself.
  public let identityToken: String?
}

extension EngineClient {
  /// Asks a registry, through the engine, whether it takes credentials. The engine keeps nothing.
  ///
  /// - Throws: `EngineError` of code `unauthorized` when it does not, and `registryUnreachable`.
  /// - Source: Engine API 1.41, POST /auth.
  public func login(_ credentials: RegistryCredentials) async throws -> RegistryWelcome {
    let answer = try await namingRegistryRefusals {
      try await send(RouteTable.login, json: dialect.login(credentials.json))
    }
    let json = answer.bytes.isEmpty ? [:] : try Self.parse(answer.bytes, RouteTable.login)
    let token = json["IdentityToken"]?.string ?? ""
    return RegistryWelcome(
      status: json["Status"]?.string ?? "Login Succeeded",
      identityToken: token.isEmpty ? nil : token)
  }
}
