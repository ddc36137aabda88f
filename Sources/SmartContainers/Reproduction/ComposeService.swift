import Canonical

/// The service of a compose file.
///
/// Source: the Compose Specification, "Services top-level elements".
struct ComposeService {
  private(set) var members: [(String, YAMLValue)] = []

  /// The names of the networks that it joins.
  private(set) var networks: [String] = []

  /// What cannot be said: members of the Engine API's request.
  private(set) var unsaid: [String] = []

  let recipe: ContainerRecipe
  var config: RecipeFields
  var host: RecipeFields
  private var endpoint: JSONValue?

  init(_ recipe: ContainerRecipe) {
    self.recipe = recipe
    config = RecipeFields(recipe.body, prefix: "Config.")
    host = RecipeFields(config.take("HostConfig") { $0 } ?? [:], prefix: "HostConfig.")
    endpoint = config.take("NetworkingConfig") { $0["EndpointsConfig"]?.object?.values.first }
  }

  /// A text in which compose replaces no variable.
  static func escaped(_ text: String) -> String { text.replacing("$", with: "$$") }

  /// A text, and a variable that must be set for each of its blanks.
  func text(_ text: String) -> YAMLValue {
    .text(
      recipe.blankNames.parts(of: text).map { part in
        switch part {
        case .text(let text): Self.escaped(text)
        case .blank(let name): "${\(name):?\(ShellText.missing)}"
        }
      }.joined())
  }

  func list(_ texts: [String]) -> YAMLValue { .list(texts.map(text)) }

  func map(_ pairs: [(name: String, value: String)]) -> YAMLValue {
    .map(pairs.map { ($0.name, text($0.value)) })
  }

  mutating func add(_ name: String, _ value: YAMLValue?) {
    if let value { members.append((name, value)) }
  }

  mutating func add(_ name: String, texts: [String]) {
    if !texts.isEmpty { add(name, list(texts)) }
  }

  mutating func add(_ name: String, pairs: [(name: String, value: String)]) {
    if !pairs.isEmpty { add(name, map(pairs)) }
  }

  mutating func cannotSay(_ what: String) { unsaid.append(what) }

  mutating func addAll() {
    add("image", config.text("Image").map(text))
    add("container_name", text(recipe.name))
    addConfiguration()
    addNetworks()
    addStorage()
    addSecurity()
    addLimits()
    unsaid += config.unread + host.unread
  }

  private mutating func addConfiguration() {
    if config["Entrypoint"] != nil { add("entrypoint", list(config.texts("Entrypoint"))) }
    add("command", texts: config.texts("Cmd"))
    addEnvironment()
    add("labels", pairs: config.pairs("Labels"))
    let texts = [
      ("working_dir", "WorkingDir"), ("user", "User"), ("hostname", "Hostname"),
      ("domainname", "Domainname"), ("mac_address", "MacAddress"),
      ("stop_signal", "StopSignal"),
    ]
    for (name, member) in texts { add(name, config.text(member).map(text)) }
    add("stop_grace_period", config.number("StopTimeout").map { .text("\($0)s") })
    if config.truth("Tty") == true { add("tty", .bare("true")) }
    if config.truth("OpenStdin") == true { add("stdin_open", .bare("true")) }
    for stream in ["Stdin", "Stdout", "Stderr"] { _ = config.truth("Attach" + stream) }
    addHealthcheck()
  }

  /// The environment as a map, in which of two values of one name the last counts, as in the
  /// container; null leaves a variable to compose, which unsets it where it has none.
  private mutating func addEnvironment() {
    var variables: [(String, YAMLValue)] = []
    for entry in config.texts("Env") {
      let name = String(entry.prefix { $0 != "=" })
      variables.removeAll { $0.0 == name }
      if entry.contains("=") {
        variables.append((name, text(String(entry.dropFirst(name.count + 1)))))
      } else {
        variables.append((name, .null))
        cannotSay("Config.Env \(name), unset, unless compose itself does not have it")
      }
    }
    if !variables.isEmpty { add("environment", .map(variables)) }
  }

  private mutating func addHealthcheck() {
    var check: [(String, YAMLValue)] = []
    var service = self
    service.config.object("Healthcheck") { fields in
      let test = fields.texts("Test")
      if test == ["NONE"] {
        check.append(("disable", .bare("true")))
        return
      }
      if !test.isEmpty { check.append(("test", list(test))) }
      let spans = [
        ("interval", "Interval"), ("timeout", "Timeout"), ("start_period", "StartPeriod"),
        ("start_interval", "StartInterval"),
      ]
      for (name, member) in spans {
        fields.number(member).map { check.append((name, .text(AmountText.duration($0)))) }
      }
      fields.number("Retries").map { check.append(("retries", .bare("\($0)"))) }
    }
    config = service.config
    if !check.isEmpty { add("healthcheck", .map(check)) }
  }

  private mutating func addNetworks() {
    let mode = host.text("NetworkMode")
    let isNetwork = mode.map { recipe.neededNetworks.contains($0) } ?? false
    let links = host.texts("Links")
    if recipe.disconnection != nil { cannotSay("HostConfig.NetworkMode of a network that it left") }
    guard isNetwork || !recipe.connections.isEmpty, recipe.disconnection == nil || isNetwork else {
      add("network_mode", text(mode ?? "bridge"))
      add("external_links", texts: links)
      return
    }
    var joined: [(String, JSONValue)] = recipe.connections.map { ($0.network, $0.endpoint) }
    if let mode, isNetwork, recipe.disconnection == nil {
      joined.insert((mode, endpoint ?? [:]), at: 0)
    } else if mode == nil || !isNetwork {
      cannotSay("HostConfig.NetworkMode \(mode ?? "default") with other networks")
    }
    var known = links
    var entries: [(String, YAMLValue)] = []
    for (index, (network, endpoint)) in joined.enumerated() {
      var fields = RecipeFields(endpoint, prefix: "EndpointConfig of \(network).")
      var entry: [(String, YAMLValue)] = []
      let aliases = fields.texts("Aliases")
      if !aliases.isEmpty { entry.append(("aliases", list(aliases))) }
      known += fields.texts("Links").filter { !known.contains($0) }
      fields.object("IPAMConfig") { addresses in
        addresses.text("IPv4Address").map { entry.append(("ipv4_address", text($0))) }
        addresses.text("IPv6Address").map { entry.append(("ipv6_address", text($0))) }
        let local = addresses.texts("LinkLocalIPs")
        if !local.isEmpty { entry.append(("link_local_ips", list(local))) }
      }
      let options = fields.pairs("DriverOpts")
      if !options.isEmpty { entry.append(("driver_opts", map(options))) }
      fields.number("GwPriority").map { entry.append(("gw_priority", .bare("\($0)"))) }
      // The network of the highest priority is the one that it is created in.
      if joined.count > 1 { entry.append(("priority", .bare("\(joined.count - index)"))) }
      unsaid += fields.unread
      entries.append((network, entry.isEmpty ? .null : .map(entry)))
    }
    networks = joined.map(\.0)
    add("networks", .map(entries))
    add("external_links", texts: known)
  }
}
