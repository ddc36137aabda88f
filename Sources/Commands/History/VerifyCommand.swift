import Arguments
import SmartContainers

/// `sc verify`.
struct VerifyCommand: SmartCommand {
  static let description = CommandDescription(
    "verify", abstract: "Check that nothing in the history was altered or lost.",
    discussion: """
      Without a network and without an engine: the digest of every object and file, the signature \
      of every commit, that activities were never changed or removed, that each is the one that it \
      is named after, and that kept content has its bytes. Ends with 1 when anything is found.

      With --attestation, only the attestations of that file: their form, their signatures, and \
      that the activities of this history, where there is one, made and used what is attested. \
      A signature of nobody who is known is a finding then.

      Signatures are held against a file of allowed signers, as ssh-keygen has it: that of \
      --allowed-signers, of the setting signing.allowedSigners, or of git's \
      gpg.ssh.allowedSignersFile.

      Examples:
        $ sc verify
        $ sc verify --since v1 --require-signatures
        $ sc verify --allowed-signers lab.signers --json
        $ sc verify --attestation figure3.intoto.jsonl
      """,
    parser: VerifyCommand.init)

  let global: GlobalOptions
  let since: String?
  let attestations: [String]
  let allowedSigners: String?
  let requireSignatures: Bool
  let stdin: Bool
  let json: Bool
  let quiet: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    since = try arguments.option(
      "since", value: "revision",
      help: "All up to this commit is known to be good; the history must go on from it.")
    allowedSigners = try arguments.option(
      "allowed-signers", value: "file", help: "Those whose signatures count.")
    attestations = try arguments.options(
      "attestation", value: "file", help: "Look at the attestations of this file alone.")
    requireSignatures = arguments.flag(
      "require-signatures", help: "A commit that nobody known signed is a finding.")
    stdin = arguments.flag(
      "stdin", help: "Look at nothing but the commits whose ids standard input has, a line each.")
    json = arguments.flag("json", help: "Write one JSON object.")
    quiet = arguments.flag("quiet", "q", help: "Say nothing when all is well.")
    global = try GlobalOptions(&arguments)
    guard attestations.isEmpty || since == nil && !stdin else {
      throw ArgumentError("--attestation goes with neither --since nor --stdin")
    }
  }

  func run(_ invocation: Invocation) async throws {
    let places = try invocation.places()
    guard attestations.isEmpty else { return try await verifyAttestations(invocation, places) }
    let reader = try await HistoryReader.open(places)
    let amount = AmountDisplay(invocation.terminal, isWanted: !quiet)
    defer { amount.finish() }
    let signers = allowedSigners.map { invocation.absolute($0).string }
    let result =
      stdin
      ? try await reader.verify(
        commits: try commits(), allowedSigners: signers, requiresSignatures: requireSignatures,
        places)
      : try await reader.verify(
        since: since, allowedSigners: signers, requiresSignatures: requireSignatures, places
      ) { done, total in
        amount.show("Verifying commits: \(done) of \(total)")
      }
    amount.finish()
    if json {
      try invocation.terminal.write(result.json)
    } else {
      try write(result, invocation.terminal)
    }
    if !result.findings.isEmpty { throw ProcessExit(status: ExitStatus.failed.rawValue) }
  }

  private func commits() throws -> [String] {
    let text = try StandardInput.read("the ids of commits", limit: 64 << 20)
    return String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }

  private func write(_ result: Verification, _ terminal: Terminal) throws {
    for finding in result.findings {
      terminal.note(PlainText.sanitize("sc: \(finding.place): \(finding.message)"))
    }
    if quiet { return }
    try terminal.writeLine(
      "\(result.commits) commits, \(result.activities) activities, \(result.objects) objects, "
        + "\(result.largeContents) pieces of kept content")
    if result.absentContents > 0 {
      try terminal.writeLine(
        "\(result.absentContents) pieces of content are not here; sc fetch --content gets them")
    }
    try terminal.writeLine(
      "signatures: \(result.signed) good, \(result.unknownSigners) of unknown keys, "
        + "\(result.unsigned) commits without one")
    try terminal.writeLine(
      result.findings.isEmpty
        ? "nothing was altered or lost" : "\(result.findings.count) finding(s)")
  }
}
