import Canonical

/// A container as docker's command line creates it: the options of `docker create` or
/// `docker run -d`, the image and the command.
///
/// Source: docker CLI, cli/command/container/opts.go.
struct CreateOptions {
  /// The options, each with its value.
  private(set) var options: [[String]] = []

  /// The image, the command and its arguments.
  private(set) var operands: [String] = []

  /// Whether nothing was attached to the container, which only `docker run -d` does.
  private(set) var isDetached = false

  /// Variables of the environment that the client must not have, so that it unsets them in the
  /// container.
  private(set) var unset: [String] = []

  /// Variables of the environment that the client passes on: blanks of the same names.
  private(set) var suppliedVariables: [String] = []

  /// A seccomp profile, which the client reads from its standard input.
  private(set) var profile: String?

  /// What cannot be said: members of the Engine API's request.
  private(set) var unsaid: [String] = []

  private let blanks: BlankNames

  init(_ recipe: ContainerRecipe) {
    blanks = recipe.blankNames
    var fields = RecipeFields(recipe.body, prefix: "Config.")
    var host = RecipeFields(
      fields.take("HostConfig") { $0 } ?? [:], prefix: "HostConfig.")
    let endpoints = fields.take("NetworkingConfig") { $0["EndpointsConfig"]?.object } ?? [:]
    add("--name", recipe.name)
    let (command, words) = process(&fields)
    addConfiguration(&fields, published: host["PortBindings"]?.object?.keys.sorted() ?? [])
    addAttachment(&fields)
    addHealthcheck(&fields)
    addNetwork(&host, endpoint: endpoints.values.first)
    addStorage(&host)
    addSecurity(&host)
    addLimits(&host)
    addRest(&host)
    if let command { add("--entrypoint", command) }
    operands = [fields.text("Image") ?? ""] + words
    unsaid += fields.unread + host.unread
  }

  mutating func add(_ words: String...) { options.append(words) }

  mutating func cannotSay(_ what: String) { unsaid.append(what) }

  mutating func setProfile(_ text: String) { profile = text }

  /// The first word of the entry point, and what follows the image.
  private mutating func process(_ fields: inout RecipeFields) -> (command: String?, words: [String])
  {
    let isReset = fields["Entrypoint"] != nil
    let entrypoint = fields.texts("Entrypoint")
    if entrypoint.count > 1 {
      cannotSay(
        "Config.Entrypoint of more than one word, whose rest is said as the command's begin")
    }
    return (
      isReset ? entrypoint.first ?? "" : nil, entrypoint.dropFirst() + fields.texts("Cmd")
    )
  }

  private mutating func addConfiguration(_ fields: inout RecipeFields, published: [String]) {
    for entry in fields.texts("Env") { addVariable(entry) }
    for (name, value) in fields.pairs("Labels") {
      if name.isEmpty || name.contains("=") || name.contains(where: \.isWhitespace) {
        cannotSay("Config.Labels \(name)")
      } else {
        add("--label", value.isEmpty ? name : "\(name)=\(value)")
      }
    }
    let texts = [
      ("WorkingDir", "--workdir"), ("User", "--user"), ("Hostname", "--hostname"),
      ("Domainname", "--domainname"), ("MacAddress", "--mac-address"),
      ("StopSignal", "--stop-signal"),
    ]
    for (name, flag) in texts { fields.text(name).map { add(flag, $0) } }
    fields.number("StopTimeout").map { add("--stop-timeout", "\($0)") }
    for port in fields.set("ExposedPorts") where !published.contains(port) {
      add("--expose", PortText.port(port))
    }
    for path in fields.set("Volumes") {
      if path.contains(":") { cannotSay("Config.Volumes \(path)") } else { add("--volume", path) }
    }
  }

  private mutating func addVariable(_ entry: String) {
    let name = String(entry.prefix { $0 != "=" })
    if !entry.contains("=") {
      // The client would take its own value, and cannot do without some.
      guard !BlankNames.isTaken(name) else { return cannotSay("Config.Env \(name), unset") }
      unset.append(name)
      add("--env", name)
    } else {
      // A secret stays out of the client's command line, which everybody can read.
      let isSupplied = blanks.parts(of: entry) == [.text(name + "="), .blank(name)]
      if isSupplied { suppliedVariables.append(name) }
      add("--env", isSupplied ? name : entry)
    }
  }

  /// Streams that somebody attached to: without any option the outputs, and the input where it is
  /// open; none with `docker run -d`.
  private mutating func addAttachment(_ fields: inout RecipeFields) {
    if fields.truth("Tty") == true { add("--tty") }
    let isOpen = fields.truth("OpenStdin") ?? false
    let endsWithClient = fields["StdinOnce"] == true
    let attached = ["Stdin", "Stdout", "Stderr"].filter { fields.truth("Attach" + $0) == true }
    if isOpen { add("--interactive") }
    isDetached = attached.isEmpty && !endsWithClient
    guard !isDetached else { return }
    let attachesInput = attached.contains("Stdin")
    if isOpen == endsWithClient { _ = fields.truth("StdinOnce") }
    if isOpen, !endsWithClient { cannotSay("Config.StdinOnce, which is false") }
    if isOpen, !attachesInput { cannotSay("Config.AttachStdin, which is false") }
    let outputs = attached.filter { $0 != "Stdin" }
    guard outputs.count < 2 || attachesInput && !isOpen else { return }
    for stream in isOpen && !outputs.isEmpty ? outputs : attached {
      add("--attach", stream.lowercased())
    }
    if attached.isEmpty { cannotSay("Config.AttachStdout, which is false") }
  }

  private mutating func addHealthcheck(_ fields: inout RecipeFields) {
    var said: [[String]] = []
    fields.object("Healthcheck") { check in
      let test = check["Test"]?.strings ?? []
      if test == ["NONE"] {
        _ = check.texts("Test")
        said.append(["--no-healthcheck"])
        return
      }
      if test.count == 2, test[0] == "CMD-SHELL" {
        _ = check.texts("Test")
        said.append(["--health-cmd", test[1]])
      }
      let spans = [
        ("Interval", "interval"), ("Timeout", "timeout"), ("StartPeriod", "start-period"),
        ("StartInterval", "start-interval"),
      ]
      for (name, flag) in spans {
        check.number(name).map { said.append(["--health-\(flag)", AmountText.duration($0)]) }
      }
      check.number("Retries").map { said.append(["--health-retries", "\($0)"]) }
    }
    options += said
  }
}
