/// What an engine says of itself when it is greeted.
///
/// Source: Engine API 1.41, GET /_ping.
package struct EngineGreeting: Sendable, Hashable {
  /// The newest API that it speaks.
  package let apiVersion: APIVersion

  /// Its product and version, the field `Server`: `Docker/20.10.24 (linux)`. Nil for none.
  package let server: String?

  /// How it differs from dockerd.
  package let dialect: EngineDialect

  /// The builder that it prefers, the field `Builder-Version`: `2` is BuildKit. Nil for none.
  package let builderVersion: String?

  package init(
    apiVersion: APIVersion, server: String?, dialect: EngineDialect = .dockerd,
    builderVersion: String? = nil
  ) {
    self.apiVersion = apiVersion
    self.server = server
    self.dialect = dialect
    self.builderVersion = builderVersion
  }
}
