import ArgumentParser

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Use this .sc repository; SC_DIR does the same.", valueName: "folder"))
  var scDir: String?

  @Option(
    name: [.customShort("H"), .customLong("host")],
    help: ArgumentHelp("Speak to this engine; DOCKER_HOST does the same.", valueName: "address"))
  var host: String?

  @Option(help: "Speak to the engine of this docker context.")
  var context: String?

  @Option(
    help: ArgumentHelp(
      "Set a setting for this command: agent.name=Ada.", valueName: "key=value"))
  var set: [String] = []

  @Option(help: "Colour the output.")
  var color: Terminal.ColorChoice = .auto

  @Flag(help: "Do not send long output through a pager.")
  var noPager = false

  init() {}
}

extension Terminal.ColorChoice: ExpressibleByArgument {}
