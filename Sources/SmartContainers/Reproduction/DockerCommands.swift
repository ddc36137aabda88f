/// The commands of docker's that give a container.
struct DockerCommands {
  let creation: CreateOptions
  private let name: String
  private var connections: [(network: String, options: [[String]])] = []
  private let disconnection: String?

  /// What they cannot say: members of the Engine API's requests.
  private(set) var unsaid: [String]

  init(_ recipe: ContainerRecipe) {
    creation = CreateOptions(recipe)
    name = recipe.name
    disconnection = recipe.disconnection
    unsaid = creation.unsaid
    for connection in recipe.connections {
      var endpoint = RecipeFields(
        connection.endpoint, prefix: "EndpointConfig of \(connection.network).")
      connections.append((connection.network, NetworkOptions.connecting(&endpoint)))
      unsaid += endpoint.unread
    }
  }

  /// The command that creates the container.
  func create(_ shell: ShellText) -> String {
    let unset = creation.unset.map { "-u \(shell.word($0)) " }.joined()
    let docker = creation.isDetached ? ["docker", "run", "-d"] : ["docker", "create"]
    return (unset.isEmpty ? "" : "env \(unset)\\\n")
      + shell.command(docker, options: creation.options, operands: [creation.operands])
  }

  /// The commands that follow.
  func follow(_ shell: ShellText) -> [String] {
    var commands = connections.map { network, options in
      let words = options.flatMap(\.self)
      return
        (["docker network connect"] + words.map(shell.word) + operands([network, name], shell))
        .joined(separator: " ")
    }
    if let disconnection {
      commands.append(
        (["docker network disconnect"] + operands([disconnection, name], shell))
          .joined(separator: " "))
    }
    return commands
  }

  private func operands(_ words: [String], _ shell: ShellText) -> [String] {
    (words.contains { $0.hasPrefix("-") } ? ["--"] : []) + words.map(shell.word)
  }
}
