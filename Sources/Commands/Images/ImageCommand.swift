import Arguments

/// `sc image`.
enum ImageCommand {
  static let description = CommandDescription(
    "image", abstract: "Build, name and look at images.",
    groups: [
      CommandDescription.Group(
        "Commands",
        [
          ImageBuildCommand.description, ImageTagCommand.description,
          ImageRemoveCommand.description, ImageListCommand.description,
          ImageInspectCommand.description, ImageHistoryCommand.description,
          ImagePruneCommand.description,
        ])
    ])
}
