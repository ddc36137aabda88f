import Arguments
import SmartContainers

/// `sc attest`.
struct AttestCommand: SmartCommand {
  static let description = CommandDescription(
    "attest", abstract: "Sign what an activity made, and of what, for other programs to check.",
    discussion: """
      One line for each activity: an in-toto statement (version 1) in a DSSE envelope. Of what made \
      images (image.build, container.commit, commit, infect) it has SLSA provenance, of runs (run, \
      rerun, exec) in-toto's link. Subjects are the images, the output files, or else standard \
      output. Of what failed, or came to an unknown end, nothing is attested.

      The key is that of the setting signing.key: one of SSH of the kinds ed25519, ecdsa nistp256 \
      or rsa, in a file or in an agent. The signature is a plain one over the envelope's bytes \
      (rsa: PKCS #1 v1.5 with SHA-256), and its keyid is that of securesystemslib. The same \
      activity and key give the same bytes, but for ecdsa. sc verify --attestation checks them.

      Examples:
        $ sc attest HEAD -o figure3.intoto.jsonl
        $ sc attest tool:1 web > lab.intoto.jsonl
        $ sc --set signing.key=/home/ada/.ssh/id_ed25519 attest 0190d2a1-7c4e
      """,
    parser: AttestCommand.init)

  let global: GlobalOptions
  let output: String?
  let activities: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    output = try arguments.option(
      "output", "o", value: "file",
      help: "The file to make or to replace; standard output without it, and for -.")
    global = try GlobalOptions(&arguments)
    activities = try arguments.words(
      "activity",
      help: "Activities or revisions; images, as they were made last; containers' last activities.")
  }

  func run(_ invocation: Invocation) async throws {
    let places = try invocation.places()
    let reader = try await HistoryReader.open(places)
    let lines = try await reader.attest(activities, places).flatMap {
      $0.line + [UInt8(ascii: "\n")]
    }
    guard let output, output != "-" else { return try invocation.terminal.write(lines) }
    let file = try ArchiveOutput(invocation.absolute(output), invocation.terminal)
    do {
      try file.write(lines)
    } catch {
      try file.close(isWhole: false)
      throw error
    }
    try file.close(isWhole: true)
  }
}
