import Canonical
import HTTP
import SystemPackage

/// Where the engine listens, and who said so.
package struct EngineEndpoint: Sendable, Equatable {
  /// What decided.
  package enum Source: Sendable, Equatable {
    /// The option `--host`.
    case hostOption
    /// The option `--context`.
    case contextOption
    /// `DOCKER_HOST`.
    case hostVariable
    /// `DOCKER_CONTEXT`.
    case contextVariable
    /// `currentContext` in `config.json`.
    case configuration
    /// Nothing: the engine's own default.
    case standard
  }

  /// Where to connect to.
  package let endpoint: HTTPEndpoint

  /// The API version of `DOCKER_API_VERSION`, as `1.41`; nil to negotiate.
  package let apiVersion: String?

  /// What decided.
  package let source: Source

  /// The context in use: `default` when a host or nothing decided.
  package let contextName: String

  /// Decides as Docker's command line does: `--host`, `--context`, `DOCKER_HOST`,
  /// `DOCKER_CONTEXT`, `currentContext` in `config.json`, and `/var/run/docker.sock`.
  ///
  /// - Parameters:
  ///   - host: the value of `--host`; nil when it was not given.
  ///   - context: the value of `--context`; nil when it was not given.
  ///   - environment: the variables of the process; only those of `DOCKER_` are read.
  ///   - configurationFolder: `DOCKER_CONFIG`, else `~/.docker`.
  package static func resolve(
    host: String?, context: String?, environment: [String: String], configurationFolder: FilePath
  ) throws(EndpointError) -> EngineEndpoint {
    let apiVersion = try apiVersion(in: environment)
    let (name, source) = try choice(host, context, environment, configurationFolder)
    if name != standardContext {
      let endpoint = try EndpointContextStore(configurationFolder: configurationFolder).endpoint(
        of: name)
      return EngineEndpoint(
        endpoint: endpoint, apiVersion: apiVersion, source: source, contextName: name)
    }
    // The default context is what the environment says, even when it was asked for by name.
    let variable = environment["DOCKER_HOST"].flatMap { $0.isEmpty ? nil : $0 }
    let tls = EndpointTLS(environment: environment, configurationFolder: configurationFolder)
    let endpoint = try EndpointAddress(host ?? variable ?? "", hasTLS: tls != nil).endpoint {
      () throws(EndpointError) in try tls?.files()
    }
    return EngineEndpoint(
      endpoint: endpoint, apiVersion: apiVersion,
      source: host == nil && variable != nil ? .hostVariable : source, contextName: name)
  }

  /// The context that is always there.
  static let standardContext = "default"

  private static func choice(
    _ host: String?, _ context: String?, _ environment: [String: String],
    _ configurationFolder: FilePath
  ) throws(EndpointError) -> (name: String, source: Source) {
    let context = context.flatMap { $0.isEmpty ? nil : $0 }
    if host != nil && context != nil {
      throw EndpointError(
        .conflict, "a host and a context are both given", hint: "give --host or --context, not both"
      )
    }
    if host != nil { return (standardContext, .hostOption) }
    if let context { return (context, .contextOption) }
    if environment["DOCKER_HOST"]?.isEmpty == false { return (standardContext, .hostVariable) }
    if let name = environment["DOCKER_CONTEXT"], !name.isEmpty { return (name, .contextVariable) }
    let file = configurationFolder.appending("config.json")
    guard let configuration = try EndpointFile.read(file) else {
      return (standardContext, .standard)
    }
    guard configuration.object != nil else {
      throw EndpointError(
        .configuration, "'\(file.string)' is no JSON object", hint: "mend or remove it")
    }
    guard let name = configuration["currentContext"]?.string, !name.isEmpty else {
      return (standardContext, .standard)
    }
    return (name, .configuration)
  }

  private static func apiVersion(
    in environment: [String: String]
  ) throws(EndpointError) -> String? {
    guard let text = environment["DOCKER_API_VERSION"], !text.isEmpty else { return nil }
    let version = text.hasPrefix("v") ? String(text.dropFirst()) : text
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = { (part: Substring) in
      !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) }
    }
    guard parts.count == 2, parts.allSatisfy(isNumber) else {
      throw EndpointError(
        .apiVersion, "DOCKER_API_VERSION is '\(text)', which is no version",
        hint: "write it as 1.41, or leave it unset")
    }
    return version
  }
}
