import Arguments
import SmartContainers

/// `sc archive create`.
struct ArchiveCreateCommand: SmartCommand {
  static let description = CommandDescription(
    "create", abstract: "Pack runs, with all that is needed to repeat them, into one file.",
    discussion: """
      The file is a BagIt bag and an RO-Crate. It has the images, the inputs and outputs, the \
      history as a git bundle and as linked data, the configurations, and a README that tells how \
      to use it without sc. Without a subject every run of the history goes in. The same things \
      give the same bytes.

      With --attest there is a signed in-toto attestation of each activity in it, as sc attest \
      makes them. Keys of ECDSA sign anew each time: only with one of Ed25519 or RSA are the bytes \
      still the same.

      The file's name says the format: .tar.zst, .tar.gz, .tar or .zip. Images are packed with \
      all that is in them, secrets too; the history has none.

      Examples:
        $ sc archive create -o paper.tar.zst
        $ sc archive create 01a22bf7 -o figure3.tar.zst
        $ sc archive create web --export web --path web:/var/log -o web.tar.gz
      """,
    parser: ArchiveCreateCommand.init)

  let global: GlobalOptions
  let output: String
  let options: ArchiveOptions
  let json: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    var options = ArchiveOptions()
    let output: String? = try arguments.option(
      "output", "o", value: "file", help: "The file to make; it must be given.")
    options.exports = try arguments.options(
      "export", value: "container", help: "Pack the whole file system of a container, too.")
    let paths: [String] = try arguments.options(
      "path", value: "container:path", help: "Pack a file or folder of a container, too.")
    options.leavesImagesOut = arguments.flag("no-images", help: "Leave the images out.")
    options.allowsMissing = arguments.flag(
      "allow-missing", help: "Leave out inputs and outputs that are gone or were changed.")
    options.attests = arguments.flag(
      "attest", help: "Pack a signed attestation of each activity, too.")
    options.license = try arguments.option(
      "license", value: "IRI", help: "Under which license the archive may be used.")
    options.title = try arguments.option("title", value: "text", help: "What it is called.")
    options.replaces = arguments.flag("force", "f", help: "Replace a file that is there.")
    json = arguments.flag("json", help: "Write one JSON object.")
    global = try GlobalOptions(&arguments)
    options.subjects = try arguments.optionalWords(
      "subject", help: "Activities, containers and images of the history.")
    for path in paths {
      let parts = path.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw ArgumentError("--path \(path): expected a container and a path, as web:/var/log")
      }
      options.paths.append((container: parts[0], path: parts[1]))
    }
    self.options = options
    self.output = output ?? ""
  }

  func run(_ invocation: Invocation) async throws {
    guard !output.isEmpty else {
      throw UsageError("the file to make is missing: -o FILE")
    }
    let amount = AmountDisplay(invocation.terminal, isWanted: true)
    defer { amount.finish() }
    let path = invocation.absolute(output)
    let created = try await invocation.withClient { client in
      try await client.createArchive(options, at: path) { amount.add($0) }
    }
    amount.finish()
    for file in created.missing {
      invocation.terminal.note(
        "sc: left out, because it is gone or was changed: \(PlainText.sanitize(file))")
    }
    if json {
      try invocation.terminal.write(created.json)
    } else {
      try invocation.terminal.writeLine(
        "\(PlainText.sanitize(output)): \(created.runs) runs, \(created.images) images, "
          + (options.attests ? "\(created.attestations) attestations, " : "")
          + "\(created.files) files, \(HumanText.size(created.byteCount))")
      try invocation.terminal.writeLine("\(created.digest)")
    }
  }
}
