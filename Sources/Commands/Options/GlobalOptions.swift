import Arguments

/// The options that every command takes.
struct GlobalOptions {
  var scDir: String?
  let host: String?
  let context: String?
  let set: [String]
  let config: String?
  let color: Terminal.ColorChoice
  let noPager: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    arguments.section("Global options")
    scDir = try arguments.option(
      "sc-dir", value: "folder", help: "Use this .sc repository; SC_DIR does the same.")
    host = try arguments.option(
      "host", "H", value: "address", help: "Speak to this engine; DOCKER_HOST does the same.")
    context = try arguments.option(
      "context", value: "context", help: "Speak to the engine of this docker context.")
    set = try arguments.options(
      "set", value: "key=value", help: "Set a setting for this command: agent.name=Ada.")
    config = try arguments.option(
      "config", value: "file",
      help: "Take settings from this JSON-LD or Turtle for this command; SC_CONFIG does the same.")
    color = try arguments.option("color", value: "color", help: "Colour the output.") ?? .auto
    noPager = arguments.flag("no-pager", help: "Do not send long output through a pager.")
  }
}

extension Terminal.ColorChoice: ArgumentValue {}
