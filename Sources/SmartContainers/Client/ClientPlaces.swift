import SystemPackage

/// Where a client finds its history, its engine and its settings.
///
/// The library reads no environment and no home folder: whoever has them passes them in.
public struct ClientPlaces: Sendable {
  /// The working folder, from which the nearest `.sc` is looked for.
  public var workingFolder: FilePath

  /// The history that the user named; nil for none.
  public var explicitHistory: FilePath?

  /// The history that `SC_DIR` names; nil for none.
  public var environmentHistory: FilePath?

  /// The folder of the user's own settings and history, `~/.sc`.
  public var userFolder: FilePath?

  /// The user's home folder, for `.netrc` and paths in git's configuration; nil for none.
  public var home: FilePath?

  /// The engine that the user named: `unix:///run/docker.sock`.
  public var engineHost: String?

  /// The docker context that the user named.
  public var engineContext: String?

  /// The variables: `DOCKER_*` for the engine, `SC_*` for settings.
  public var environment: [String: String] = [:]

  /// The folder of docker's own configuration, `~/.docker`.
  public var dockerFolder: FilePath?

  /// Settings that were given as a document, for this call only: `HandedInSettings.values`.
  public var handedInSettings: [ConfigurationKey: String] = [:]

  /// Settings for this call only.
  public var flags: [ConfigurationKey: String] = [:]

  /// The arguments as the user typed them, for the records.
  public var arguments: [String] = []

  public init(workingFolder: FilePath) { self.workingFolder = workingFolder }
}
