import Arguments

/// `sc archive`.
enum ArchiveCommand {
  static let description = CommandDescription(
    "archive", abstract: "Pack runs to be reproduced offline, and unpack, check and compare them.",
    groups: [
      CommandDescription.Group(
        "Commands",
        [
          ArchiveCreateCommand.description, ArchiveVerifyCommand.description,
          ArchiveListCommand.description, ArchiveRestoreCommand.description,
          ArchiveDiffCommand.description,
        ])
    ])
}
