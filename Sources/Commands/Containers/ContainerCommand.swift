import ArgumentParser

/// `sc container`.
struct ContainerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "container", abstract: "Create, run, change and look at containers.",
    subcommands: [
      ContainerCreateCommand.self, ContainerStartCommand.self, ContainerStopCommand.self,
      ContainerRestartCommand.self, ContainerKillCommand.self, ContainerRenameCommand.self,
      ContainerRemoveCommand.self, ContainerCommitCommand.self, ContainerListCommand.self,
      ContainerInspectCommand.self, ContainerLogsCommand.self, ContainerWaitCommand.self,
    ])
}
