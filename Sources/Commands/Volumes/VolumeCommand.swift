import Arguments

/// `sc volume`.
enum VolumeCommand {
  static let description = CommandDescription(
    "volume", abstract: "Create, remove and look at volumes.",
    groups: [
      CommandDescription.Group(
        "Commands",
        [
          VolumeCreateCommand.description, VolumeRemoveCommand.description,
          VolumePruneCommand.description, VolumeListCommand.description,
          VolumeInspectCommand.description,
        ])
    ])
}
