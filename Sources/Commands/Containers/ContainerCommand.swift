import Arguments

/// `sc container`.
enum ContainerCommand {
  static let description = CommandDescription(
    "container", abstract: "Create, run, change and look at containers.",
    groups: [
      CommandDescription.Group(
        "Commands",
        [
          ContainerAttachCommand.description,
          ContainerCreateCommand.description, ContainerStartCommand.description,
          ContainerStopCommand.description, ContainerRestartCommand.description,
          ContainerKillCommand.description, ContainerRenameCommand.description,
          ContainerRemoveCommand.description, ContainerCommitCommand.description,
          ContainerListCommand.description, ContainerInspectCommand.description,
          ContainerCopyCommand.description, ContainerExecCommand.description,
          ContainerExportCommand.description,
          ContainerLogsCommand.description,
          ContainerWaitCommand.description,
          ContainerTopCommand.description, ContainerStatsCommand.description,
          ContainerDiffCommand.description, ContainerPruneCommand.description,
        ])
    ])
}
