import ArgumentParser

/// `sc image`.
struct ImageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "image", abstract: "Build, name and look at images.",
    subcommands: [
      ImageBuildCommand.self, ImageTagCommand.self, ImageRemoveCommand.self,
      ImageListCommand.self, ImageInspectCommand.self,
    ])
}
