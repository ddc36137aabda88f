import Canonical

// Answers as dockerd would give them.
extension EngineDialect {
  /// The answer of an operation, or one line of it, as dockerd would have given it.
  package func answer(_ json: JSONValue, to route: Route) -> JSONValue {
    guard self != .dockerd else { return json }
    return switch route {
    case RouteTable.imageInspect: named(json, "RepoTags", "RepoDigests")
    case RouteTable.imageList: json.mapping { named($0, "RepoTags", "RepoDigests") }
    case RouteTable.imageHistory: json.mapping { named(identified($0, "Id"), "Tags") }
    case RouteTable.imageRemove: json.mapping { named(identified($0, "Deleted"), "Untagged") }
    case RouteTable.imagePrune:
      json.setting("ImagesDeleted") {
        $0.mapping { named(identified($0, "Deleted"), "Untagged") }
      }
    case RouteTable.imageLoad: loaded(json)
    case RouteTable.imagePush: pushed(json)
    case RouteTable.imageBuild: failed(json)
    case RouteTable.containerInspect:
      json.setting("Config") { withoutOwnEnvironment(named($0, "Image")) }
    case RouteTable.containerTop: columns(json)
    case RouteTable.containerStats: renamed(json, ["Id": "id"])
    case RouteTable.imageSearch: json.mapping(found)
    case RouteTable.containerList: json.mapping { named($0, "Image") }
    case RouteTable.containerCommit: identified(json, "Id")
    case RouteTable.events: event(json)
    default: json
    }
  }

  /// Shortens the names of images in members.
  private func named(_ json: JSONValue, _ members: String...) -> JSONValue {
    guard has(.fullNames) else { return json }
    return members.reduce(json) { json, member in
      json.setting(member) { $0.mappingStrings(Self.familiar) }
    }
  }

  /// Leaves out the variables that the engine sets: two configurations differ only where somebody
  /// changed something.
  ///
  /// Source: podman, pkg/specgen/generate/config_linux.go, libpod/container_internal_linux.go.
  private func withoutOwnEnvironment(_ configuration: JSONValue) -> JSONValue {
    guard has(.ownEnvironment) else { return configuration }
    let own: Set<String> = [
      "container=podman", "TERM=xterm", "HOME=/root", "HOME=/",
      "HOSTNAME=" + (configuration["Hostname"]?.string ?? ""),
    ]
    return configuration.setting("Env") { variables in
      .array((variables.strings ?? []).filter { !own.contains($0) }.map { .string($0) })
    }
  }

  private func renamed(_ json: JSONValue, _ names: [String: String]) -> JSONValue {
    guard has(.otherMembers), var members = json.object else { return json }
    for (name, usual) in names {
      if let value = members.removeValue(forKey: name) { members[usual] = value }
    }
    return .object(members)
  }

  /// What a search found; a yes is `[OK]`, and the registry that was asked is a part of the name.
  private func found(_ json: JSONValue) -> JSONValue {
    guard has(.otherMembers) else { return json }
    let names = [
      "Name": "name", "Description": "description", "Stars": "star_count",
      "Official": "is_official", "Automated": "is_automated",
    ]
    let index = (json["Index"]?.string ?? "") + "/"
    return ["is_official", "is_automated"].reduce(renamed(json, names)) { json, member in
      json.setting(member) { .bool($0.string == "[OK]") }
    }.setting("name") {
      $0.mappingStrings { $0.hasPrefix(index) ? String($0.dropFirst(index.count)) : $0 }
    }
  }

  /// A table of which the lines are in one piece, as `ps` in the container printed them.
  private func columns(_ json: JSONValue) -> JSONValue {
    guard has(.otherMembers), let title = json["Titles"]?.strings, title.count == 1 else {
      return json
    }
    let titles = title[0].split(separator: " ")
    func split(_ line: String) -> JSONValue {
      JSONBody.strings(
        line.split(separator: " ", maxSplits: titles.count - 1).map {
          String($0.drop { $0 == " " })
        })
    }
    return json.setting("Titles") { _ in JSONBody.strings(titles.map { String($0) }) }
      .setting("Processes") { .array(($0.array ?? []).map { split($0.strings?.first ?? "") }) }
  }

  /// Completes the id of an image in a member.
  private func identified(_ json: JSONValue, _ member: String) -> JSONValue {
    guard has(.bareImageIDs) else { return json }
    return json.setting(member) { $0.mappingStrings(Self.completed) }
  }

  private static func completed(_ id: String) -> String {
    SHA256Digest("sha256:" + id) == nil ? id : "sha256:" + id
  }

  /// Dockerd tells one image a line.
  private func loaded(_ json: JSONValue) -> JSONValue {
    let label = "Loaded image: "
    guard has(.joinedLoadNames), let text = json["stream"]?.string, text.hasPrefix(label) else {
      return json
    }
    let names = text.dropFirst(label.count).split { $0 == "," || $0.isNewline }
    let lines = names.map { "\(label)\(Self.familiar(String($0)))\n" }
    return json.setting("stream") { _ in .string(lines.joined()) }
  }

  /// Podman's words are dockerd's: `1: digest: sha256:… size: 427`.
  private func pushed(_ json: JSONValue) -> JSONValue {
    guard has(.pushDigestInWords), json["aux"] == nil, var members = json.object,
      let words = json["status"]?.string?.split(separator: " "), words.count == 5,
      words[1] == "digest:", words[0].hasSuffix(":"), SHA256Digest(String(words[2])) != nil
    else { return json }
    members["aux"] = [
      "Tag": .string(String(words[0].dropLast())), "Digest": .string(String(words[2])),
    ]
    return .object(members)
  }

  /// Podman's last words are the exit code, and it ends the line: `…: exit status 7`.
  ///
  /// Source: Go, os.ProcessState.String.
  private func failed(_ json: JSONValue) -> JSONValue {
    guard has(.exitCodesInWords), var members = json.object,
      var detail = members["errorDetail"]?.object, let words = detail["message"]?.string
    else { return json }
    let message = words.hasSuffix("\n") ? String(words.dropLast()) : words
    let label = " exit status "
    if let end = message.split(separator: ":").last, end.hasPrefix(label),
      let code = Int64(end.dropFirst(label.count))
    {
      detail["code"] = .integer(code)
    }
    detail["message"] = .string(message)
    members["errorDetail"] = .object(detail)
    return .object(members)
  }

  /// Dockerd's word for what happened, to what it happened, and under which name.
  ///
  /// Source: podman, libpod/events/config.go; moby, daemon/events.go.
  private func event(_ json: JSONValue) -> JSONValue {
    guard has(.eventWords) else { return json }
    let type = json["Type"]?.string ?? ""
    let name = json["Actor"]?["Attributes"]?["name"]?.string ?? ""
    let word = json["Action"]?.string ?? ""
    let action =
      switch (type, word) {
      case ("container", "remove"), ("volume", "remove"): "destroy"
      case ("image", "remove"): "delete"
      case ("image", "loadfromarchive"): "load"
      default: word
      }
    return json.setting("Action") { _ in .string(action) }
      .setting("status") { _ in .string(action) }
      .setting("Actor") { actor in
        actor.setting("ID") { id in
          switch type {
          case "volume": .string(name)
          case "image": id.mappingStrings(Self.completed)
          default: id
          }
        }
        .setting("Attributes") { attributes in
          let short = named(attributes, "image")
          return type == "image" ? tagged(named(short, "name")) : short
        }
      }
  }

  /// An import's event leaves the usual tag out.
  private func tagged(_ attributes: JSONValue) -> JSONValue {
    attributes.setting("name") {
      $0.mappingStrings { name in
        let last = name.split(separator: "/").last ?? ""
        return name.isEmpty || name.hasPrefix("/") || last.contains(":") || last.contains("@")
          || SHA256Digest("sha256:" + name) != nil ? name : name + ":latest"
      }
    }
  }
}

extension JSONValue {
  /// The same object with a member changed, where it has that.
  fileprivate func setting(_ member: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
    guard var members = object, let value = members[member] else { return self }
    members[member] = change(value)
    return .object(members)
  }

  /// The same array with its elements changed.
  fileprivate func mapping(_ change: (JSONValue) -> JSONValue) -> JSONValue {
    array.map { .array($0.map(change)) } ?? self
  }

  /// The same text or array of texts, changed.
  fileprivate func mappingStrings(_ change: (String) -> String) -> JSONValue {
    switch self {
    case .string(let text): .string(change(text))
    case .array(let values): .array(values.map { $0.mappingStrings(change) })
    default: self
    }
  }
}
