import ArgumentParser

/// The `sc` command line.
public struct SmartContainersCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "sc", abstract: "Git for container provenance.")

  public init() {}
}
