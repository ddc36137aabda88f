import Arguments

/// `sc image`.
enum ImageCommand {
  static let description = CommandDescription(
    "image", abstract: "Build, name, share and look at images.",
    groups: [
      CommandDescription.Group(
        "Commands",
        [
          ImageBuildCommand.description, ImageTagCommand.description,
          ImageRemoveCommand.description, ImageListCommand.description,
          ImageInspectCommand.description, ImageSaveCommand.description,
          ImageLoadCommand.description, ImageImportCommand.description,
          ImagePullCommand.description, ImagePushCommand.description,
          ImageHistoryCommand.description, ImagePruneCommand.description,
        ])
    ])
}
