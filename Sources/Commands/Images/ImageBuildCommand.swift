import Arguments
import SmartContainers

/// `sc image build`.
struct ImageBuildCommand: SmartCommand {
  static let description = CommandDescription(
    "build", abstract: "Build an image from a folder, and record it.",
    discussion: """
      The folder is sent as docker sends it, without what .dockerignore excludes. With - for \
      the folder, the Dockerfile alone is read from standard input. DOCKER_BUILDKIT=1 builds with \
      BuildKit and DOCKER_BUILDKIT=0 with the classic builder; without it the engine's preference \
      decides. The record has the digests of the Dockerfile and of what was sent. With --keep the \
      history has both themselves, as Git LFS keeps files, with all that is in them, secrets too; \
      sc archive create then packs them beside the image.

      Examples:
        $ sc image build -t tool:1 .
        $ sc image build -f docker/Dockerfile --build-arg VERSION=3 -t tool:3 .
        $ sc image build -t tiny - < Dockerfile
        $ sc image build --infect -t tool:smart .
        $ sc image build --keep -t tool:1 .
      """,
    parser: ImageBuildCommand.init)

  let global: GlobalOptions
  let tag: [String]
  let file: String?
  let buildArg: [String]
  let label: [String]
  let target: String?
  let platform: String?
  let noCache: Bool
  let pull: Bool
  let rm: Bool
  let forceRm: Bool
  let quiet: Bool
  let progress: BuildProgress?
  let secret: [String]
  let ssh: [String]
  let cacheFrom: [String]
  let network: String?
  let addHost: [String]
  let iidfile: String?
  let infect: Bool
  let keep: Bool
  let limits: BuildLimitOptions
  let folder: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    tag = try arguments.options("tag", "t", value: "tag", help: "Give the image a name.")
    file = try arguments.option(
      "file", "f", value: "file",
      help: "The Dockerfile, when it is not the folder's own; - for standard input.")
    buildArg = try arguments.options(
      "build-arg", value: "name[=value]", help: "Set a build argument.")
    label = try arguments.options("label", value: "name=value", help: "Set a label.")
    target = try arguments.option("target", value: "target", help: "Build up to this stage.")
    platform = try arguments.option("platform", value: "os/arch", help: "Build for this platform.")
    noCache = arguments.flag("no-cache", help: "Do not use the cache.")
    pull = arguments.flag("pull", help: "Pull base images although they are here.")
    rm = arguments.flagOn("rm", help: "Remove intermediate containers.")
    forceRm = arguments.flag(
      "force-rm", help: "Remove intermediate containers although the build fails.")
    quiet = arguments.flag("quiet", "q", help: "Only print the image's id.")
    progress = try arguments.option(
      "progress", value: "form", help: "How BuildKit's progress is shown; there is one form.")
    secret = try arguments.options("secret", value: "secret", help: "Refused: needs a session.")
    ssh = try arguments.options("ssh", value: "agent", help: "Refused: needs a session.")
    cacheFrom = try arguments.options(
      "cache-from", value: "cache-from", help: "Use this image as a cache.")
    network = try arguments.option(
      "network", value: "network", help: "The network of the build's commands.")
    addHost = try arguments.options(
      "add-host", value: "host:address", help: "Add a line to /etc/hosts.")
    iidfile = try arguments.option(
      "iidfile", value: "file", help: "Write the image's id to a file.")
    infect = arguments.flag("infect", help: "Make a smart image of it; see sc infect.")
    keep = arguments.flag("keep", help: "Keep the Dockerfile and the context in the history, too.")
    arguments.section("Limits of the build's commands")
    limits = try BuildLimitOptions(&arguments)
    global = try GlobalOptions(&arguments)
    folder = try arguments.word(
      "folder", help: "The folder, or - for a Dockerfile on standard input.")
  }

  func run(_ invocation: Invocation) async throws {
    let source = try source(invocation)
    let terminal = invocation.terminal
    try refuseSessions()
    var options = try options(invocation.environment)
    let names = options.tags
    // The names are for what is made of it.
    if infect { options.tags = [] }
    let credentials = try await invocation.allCredentials()
    let file = try iidfile.map { try IDFile(invocation.absolute($0), replaces: true) }
    try await invocation.withClient { client in
      var display = BuildOutput(terminal, isQuiet: quiet)
      defer { display.end() }
      let built = try await client.buildImage(
        from: source, options: options, credentials: credentials, keep: keep
      ) { event in
        try display.show(event)
      }
      let id = infect ? try await client.infect(image: built, named: names) : built
      try file?.write(id)
      if quiet { return try terminal.writeLine(id) }
      guard infect else { return }
      try terminal.writeLine("Successfully infected \(PlainText.sanitize(id))")
      for name in names { try terminal.writeLine("Successfully tagged \(name)") }
    }
  }

  private func source(_ invocation: Invocation) throws -> BuildSource {
    switch (folder, file) {
    case ("-", "-"):
      throw UsageError("build -f - -: standard input cannot be both; name a folder or a file")
    case ("-", _): .dockerfile(try StandardInput.read())
    case (_, "-"):
      .folderWithDockerfile(invocation.absolute(folder), try StandardInput.read())
    default: .folder(invocation.absolute(folder), dockerfile: file.map(invocation.absolute))
    }
  }

  private func refuseSessions() throws {
    for (flag, values) in [("--secret", secret), ("--ssh", ssh)] where !values.isEmpty {
      throw UsageError(
        "build \(flag): BuildKit asks its client for it in a session, which sc does not hold; build "
          + "with docker build \(flag), and sc image tag records the image")
    }
  }

  private func options(_ shell: [String: String]) throws -> BuildOptions {
    var options = BuildOptions()
    options.tags = try tag.map { try ImageName($0).nameWithTag }
    options.buildArguments = try arguments(shell)
    options.labels = try ContainerOptions.dictionary(label, "--label")
    options.target = target
    options.platform = platform
    options.usesCache = !noCache
    options.pulls = pull
    options.removesIntermediateContainers = rm
    options.forcesRemoval = forceRm
    options.cacheFrom = cacheFrom
    options.networkMode = network
    try limits.apply(to: &options)
    options.extraHosts = addHost
    return options
  }

  /// `NAME` alone takes the value of the shell, as docker does; without one it is left out.
  private func arguments(_ shell: [String: String]) throws -> [String: String] {
    var values: [String: String] = [:]
    for entry in buildArg {
      let named = try ContainerOptions.dictionary([entry], "--build-arg")
      for (name, value) in named {
        values[name] = entry.contains("=") ? value : shell[name]
      }
    }
    return values
  }
}

/// The forms of progress that docker knows and that are shown alike here.
enum BuildProgress: String, CaseIterable, ArgumentValue {
  case auto
  case plain
}
