import ArgumentParser
import SmartContainers

/// `sc image build`.
struct ImageBuildCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Build an image from a folder, and record it.",
    discussion: """
      The folder is sent as docker sends it, without what .dockerignore excludes. With - for \
      the folder, the Dockerfile alone is read from standard input.

      Examples:
        $ sc image build -t tool:1 .
        $ sc image build -f docker/Dockerfile --build-arg VERSION=3 -t tool:3 .
        $ sc image build -t tiny - < Dockerfile
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Option(
    name: [.customShort("t"), .customLong("tag")],
    help: "Give the image a name.")
  var tag: [String] = []

  @Option(
    name: [.customShort("f"), .customLong("file")],
    help: "The Dockerfile, when it is not the folder's own.")
  var file: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Set a build argument.", valueName: "name[=value]"))
  var buildArg: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Set a label.", valueName: "name=value"))
  var label: [String] = []

  @Option(help: "Build up to this stage.")
  var target: String?

  @Option(help: ArgumentHelp("Build for this platform.", valueName: "os/arch"))
  var platform: String?

  @Flag(help: "Do not use the cache.")
  var noCache = false

  @Flag(help: "Pull base images although they are here.")
  var pull = false

  @Flag(inversion: .prefixedNo, help: "Remove intermediate containers.")
  var rm = true

  @Flag(help: "Remove intermediate containers although the build fails.")
  var forceRm = false

  @Flag(name: .shortAndLong, help: "Only print the image's id.")
  var quiet = false

  @Option(help: "Use this image as a cache.")
  var cacheFrom: [String] = []

  @Option(help: "The network of the build's commands.")
  var network: String?

  @Option(
    name: [.customShort("m"), .customLong("memory")],
    help: ArgumentHelp("Limit the memory of the build's commands.", valueName: "bytes"))
  var memory: ByteSize?

  @Option(help: ArgumentHelp("Add a line to /etc/hosts.", valueName: "host:address"))
  var addHost: [String] = []

  @Argument(help: "The folder, or - for a Dockerfile on standard input.")
  var folder: String

  func run(_ invocation: Invocation) async throws {
    let source: BuildSource =
      folder == "-"
      ? .dockerfile(try StandardInput.read())
      : .folder(invocation.absolute(folder), dockerfile: file.map(invocation.absolute))
    let terminal = invocation.terminal
    let options = try options(invocation.environment)
    try await invocation.withClient { client in
      let id = try await client.buildImage(from: source, options: options) { event in
        guard !quiet else { return }
        switch event {
        case .output(let text):
          try terminal.write(PlainText.sanitize(text, keepsLines: true))
        case .progress(let id, let status, nil, _):
          terminal.note(PlainText.sanitize([id, status].compactMap { $0 }.joined(separator: ": ")))
        case .progress, .image: break
        }
      }
      if quiet { try terminal.writeLine(id) }
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
    options.memoryInBytes = memory?.bytes
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
