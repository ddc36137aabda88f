import Arguments
import SmartContainers

/// `sc volume create`.
struct VolumeCreateCommand: SmartCommand {
  static let description = CommandDescription(
    "create", abstract: "Create a volume, and record it.",
    discussion: """
      A volume that has the name already is left as it is, and nothing is recorded.

      Examples:
        $ sc volume create data
        $ sc volume create --label project=lhc -o type=tmpfs -o device=tmpfs scratch
      """,
    parser: VolumeCreateCommand.init)

  let global: GlobalOptions
  let driver: String?
  let options: [String]
  let labels: [String]
  let nameOption: String?
  let name: String?

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    driver = try arguments.option("driver", "d", value: "driver", help: "Who keeps it.")
    options = try arguments.options(
      "opt", "o", value: "name=value", help: "Set an option of the driver.")
    labels = try arguments.options("label", value: "name=value", help: "Set a label.")
    nameOption = try arguments.option("name", value: "name", help: "The same as the word.")
    global = try GlobalOptions(&arguments)
    name = try arguments.optionalWord("name", help: "The name; the engine chooses one without.")
  }

  func run(_ invocation: Invocation) async throws {
    guard name == nil || nameOption == nil else {
      throw UsageError("the name is given twice, as --name and as a word")
    }
    var specification = VolumeSpecification(name: name ?? nameOption)
    specification.driver = driver
    specification.options = try ContainerOptions.dictionary(options, "--opt")
    specification.labels = try ContainerOptions.dictionary(labels, "--label")
    try await invocation.withClient { client in
      let volume = try await client.engine.createVolume(specification)
      try invocation.terminal.writeLine(PlainText.sanitize(volume.name))
      let hasAll =
        specification.labels.allSatisfy { volume.labels[$0.key] == $0.value }
        && specification.options.allSatisfy { volume.options[$0.key] == $0.value }
      if !hasAll {
        invocation.terminal.note(
          "sc: warning: the volume \(PlainText.sanitize(volume.name)) was there already, with "
            + "other labels or options; it is as it was")
      }
    }
  }
}
