import Arguments

/// `sc network`.
enum NetworkCommand {
  static let description = CommandDescription(
    "network", abstract: "Create, connect, remove and look at networks.",
    groups: [
      CommandDescription.Group(
        "Commands",
        [
          NetworkCreateCommand.description, NetworkConnectCommand.description,
          NetworkDisconnectCommand.description, NetworkRemoveCommand.description,
          NetworkPruneCommand.description, NetworkListCommand.description,
          NetworkInspectCommand.description,
        ])
    ])
}
