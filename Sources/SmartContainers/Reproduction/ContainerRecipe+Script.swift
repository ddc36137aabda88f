import Canonical

extension ContainerRecipe {
  /// The container as a script for a POSIX shell: it looks whether the image is the recorded one and
  /// whether all that was redacted is supplied, makes the networks and volumes that are missing as
  /// far as the history knows them, and creates the container. It changes nothing before it knows
  /// that it can.
  func script() -> WrittenRecipe {
    let commands = DockerCommands(self)
    let shell = ShellText(blanks: blankNames, isChecking: false)
    var unsaid = commands.unsaid
    var text = "#!/bin/sh\n" + ShellText.comment("Makes the container \(name) again.")
    // Texts between quotes are what was recorded, also where they look like a mistake.
    text += "# shellcheck disable=SC1003,SC2016\nset -eu\n"
    for blank in blanks { text += ": \(shell.checked(blank.name))\n" }
    let supplied = Set(commands.creation.suppliedVariables).sorted()
    if !supplied.isEmpty { text += "export \(supplied.joined(separator: " "))\n" }
    text += "\nfail() {\n  printf '%s\\n' \"$1\" >&2\n  exit 1\n}\n\n"
    text += imageCheck(shell)
    text += requiredNetworks(shell)
    for (name, volume) in surroundings.volumes.sorted(by: { $0.key < $1.key }) {
      text += make("volume", name, Self.volume(volume, called: name, &unsaid), shell)
    }
    for (name, network) in surroundings.networks.sorted(by: { $0.key < $1.key }) {
      text += make("network", name, Self.network(network, called: name, &unsaid), shell)
    }
    if let profile = commands.creation.profile {
      text += "printf %s \(shell.word(profile)) |\n"
    }
    text += ([commands.create(shell)] + commands.follow(shell)).joined(separator: "\n") + "\n"
    return WrittenRecipe(
      .text(text), notes: notes("script", unsaid: unsaid) { "set the variable \($0)" })
  }

  private func imageCheck(_ shell: ShellText) -> String {
    let mark = imageName.hasPrefix("-") ? "-- " : ""
    var text = "image=\(shell.word(imageName))\n"
    text += "found=$(docker image inspect --format '{{.Id}}' \(mark)\"$image\") ||\n"
    text += "  fail \"the image $image is not here: pull or load it\"\n"
    guard let imageID else { return text + "\n" }
    text += "id=\(shell.word(imageID))\n"
    text += "[ \"$found\" = \"$id\" ] ||\n"
    text += "  fail \"$image is not the recorded image: it is $found, and was $id\"\n\n"
    return text
  }

  /// The networks that the history does not know must be there.
  private func requiredNetworks(_ shell: ShellText) -> String {
    neededNetworks.filter { surroundings.networks[$0] == nil }.map { name in
      let mark = name.hasPrefix("-") ? "-- " : ""
      let message = "the network \(name) is not here, and the history does not know how it was"
      return "docker network inspect \(mark)\(shell.word(name)) >/dev/null ||\n"
        + "  fail \(shell.word(message))\n"
    }.joined()
  }

  private func make(
    _ kind: String, _ name: String, _ options: [[String]], _ shell: ShellText
  ) -> String {
    let mark = name.hasPrefix("-") ? "-- " : ""
    let create = shell.command(["docker", kind, "create"], options: options, operands: [[name]])
    return "docker \(kind) inspect \(mark)\(shell.word(name)) >/dev/null 2>&1 ||\n"
      + create + " >/dev/null\n"
  }

  /// Source: docker CLI, cli/command/volume/create.go.
  private static func volume(
    _ snapshot: JSONValue, called name: String, _ unsaid: inout [String]
  ) -> [[String]] {
    var fields = RecipeFields(snapshot, prefix: "Volume \(name).")
    var options: [[String]] = []
    for member in ["Name", "Scope"] { _ = fields.text(member) }
    fields.text("Driver").map { options.append(["--driver", $0]) }
    options += fields.pairs("Options").map { ["--opt", "\($0.name)=\($0.value)"] }
    options += labels(&fields)
    unsaid += fields.unread
    return options
  }

  /// Source: docker CLI, cli/command/network/create.go.
  private static func network(
    _ snapshot: JSONValue, called name: String, _ unsaid: inout [String]
  ) -> [[String]] {
    var fields = RecipeFields(snapshot, prefix: "Network \(name).")
    var options: [[String]] = []
    for member in ["Created", "Id", "Name"] { _ = fields.text(member) }
    if fields["Scope"] == "local" { _ = fields.text("Scope") }
    fields.text("Driver").map { options.append(["--driver", $0]) }
    let texts = [("Scope", "--scope"), ("ConfigFrom", "--config-from")]
    for (member, flag) in texts { fields.text(member).map { options.append([flag, $0]) } }
    let flags = [
      ("Attachable", "--attachable"), ("ConfigOnly", "--config-only"), ("EnableIPv6", "--ipv6"),
      ("Ingress", "--ingress"), ("Internal", "--internal"),
    ]
    for (member, flag) in flags where fields.truth(member) == true { options.append([flag]) }
    fields.object("IPAM") { addresses in
      if let driver = addresses.text("Driver"), driver != "default" {
        options.append(["--ipam-driver", driver])
      }
      options += addresses.pairs("Options").map { ["--ipam-opt", "\($0.name)=\($0.value)"] }
      addresses.each("Config") { pool in
        let members = [("Subnet", "--subnet"), ("IPRange", "--ip-range"), ("Gateway", "--gateway")]
        for (member, flag) in members { pool.text(member).map { options.append([flag, $0]) } }
        options += pool.pairs("AuxiliaryAddresses").map {
          ["--aux-address", "\($0.name)=\($0.value)"]
        }
        return true
      }
    }
    options += fields.pairs("Options").map { ["--opt", "\($0.name)=\($0.value)"] }
    options += labels(&fields)
    unsaid += fields.unread
    return options
  }

  private static func labels(_ fields: inout RecipeFields) -> [[String]] {
    fields.pairs("Labels").filter { $0.name != ContainerFinding.label }.map {
      ["--label", $0.value.isEmpty ? $0.name : "\($0.name)=\($0.value)"]
    }
  }
}
