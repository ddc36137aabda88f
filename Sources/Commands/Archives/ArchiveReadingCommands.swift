import Arguments
import SmartContainers

/// What an archive may be at most; it may come from anybody.
struct ArchiveLimitOptions {
  let limits: OfflineArchive.Limits

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    var limits = OfflineArchive.Limits()
    arguments.section("Limits")
    limits.files =
      try arguments.option(
        "max-files", value: "number", help: "Refuse more files: a million unless said otherwise.")
      ?? limits.files
    let size: ByteSize? = try arguments.option(
      "max-size", value: "size", help: "Refuse what unpacks to more: a tebibyte otherwise.")
    limits.byteCount = size?.bytes ?? limits.byteCount
    limits.ratio =
      try arguments.option(
        "max-ratio", value: "number",
        help: "Refuse what unpacks to more times its size: 1000 otherwise.") ?? limits.ratio
    let given = [
      ("max-files", Int64(limits.files)), ("max-size", limits.byteCount),
      ("max-ratio", limits.ratio),
    ]
    for (name, number) in given where number < 0 {
      throw ArgumentError("--\(name) \(number): it is no limit")
    }
    self.limits = limits
  }
}

/// `sc archive verify`.
struct ArchiveVerifyCommand: SmartCommand {
  static let description = CommandDescription(
    "verify", abstract: "Check that nothing in an archive was altered.",
    discussion: """
      Without a network, without an engine and without unpacking it: every digest, the bag, the \
      crate, the layers of the images, the history in it and its signatures, and the attestations. Ends with 1 when \
      anything is found.

      Examples:
        $ sc archive verify paper.tar.zst
        $ sc archive verify --allowed-signers lab.signers --require-signatures paper.tar.zst
      """,
    parser: ArchiveVerifyCommand.init)

  let global: GlobalOptions
  let allowedSigners: String?
  let requireSignatures: Bool
  let json: Bool
  let limits: ArchiveLimitOptions
  let file: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    allowedSigners = try arguments.option(
      "allowed-signers", value: "file", help: "Those whose signatures count.")
    requireSignatures = arguments.flag(
      "require-signatures", help: "A commit that nobody known signed is a finding.")
    json = arguments.flag("json", help: "Write one JSON object.")
    limits = try ArchiveLimitOptions(&arguments)
    global = try GlobalOptions(&arguments)
    file = try arguments.word("file", help: "The archive.")
  }

  func run(_ invocation: Invocation) async throws {
    let archive = OfflineArchive(
      at: invocation.absolute(file), limits: limits.limits, try invocation.places())
    let amount = AmountDisplay(invocation.terminal, isWanted: true)
    defer { amount.finish() }
    let report = try await archive.verify(
      allowedSigners: allowedSigners.map { invocation.absolute($0).string },
      requiresSignatures: requireSignatures
    ) { count in amount.show("Verifying: \(HumanText.size(count))") }
    amount.finish()
    if json {
      try invocation.terminal.write(report.json)
    } else {
      for problem in report.problems {
        invocation.terminal.note("sc: " + PlainText.sanitize(problem))
      }
      for warning in report.warnings {
        invocation.terminal.note("sc: warning: " + PlainText.sanitize(warning))
      }
      try invocation.terminal.writeLine(
        "\(report.files.count) files, \(report.images.count) images, \(report.runs.count) runs; "
          + "a history of \(report.commits) commits, \(report.signed) of them with a good signature"
      )
      try invocation.terminal.writeLine(
        report.isIntact ? "nothing was altered" : "\(report.problems.count) problem(s)")
    }
    if !report.isIntact { throw ProcessExit(status: ExitStatus.failed.rawValue) }
  }
}

/// `sc archive list`.
struct ArchiveListCommand: SmartCommand {
  static let description = CommandDescription(
    "list", abstract: "Tell what is in an archive.",
    discussion: """
      Examples:
        $ sc archive list paper.tar.zst
        $ sc archive list --format json paper.tar.zst
      """,
    aliases: ["ls"],
    parser: ArchiveListCommand.init)

  let global: GlobalOptions
  let format: OutputFormat
  let limits: ArchiveLimitOptions
  let file: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    format =
      try arguments.option(
        "format", value: "format", help: "How it is written: table unless said otherwise.")
      ?? .table
    limits = try ArchiveLimitOptions(&arguments)
    global = try GlobalOptions(&arguments)
    file = try arguments.word("file", help: "The archive.")
  }

  func run(_ invocation: Invocation) async throws {
    let archive = OfflineArchive(
      at: invocation.absolute(file), limits: limits.limits, try invocation.places())
    let amount = AmountDisplay(invocation.terminal, isWanted: true)
    defer { amount.finish() }
    let report = try await archive.list { count in
      amount.show("Reading: \(HumanText.size(count))")
    }
    amount.finish()
    let terminal = invocation.terminal
    switch format {
    case .json: try terminal.write(report.json)
    case .jsonl:
      for file in report.files { try terminal.writeLine(file.json.text()) }
    case .table:
      try invocation.terminal.writeLine(PlainText.sanitize(report.title))
      for run in report.runs {
        try terminal.writeLine(
          "run \(PlainText.sanitize(run.activity)): \(run.inputs.count) files in, "
            + "\(run.outputs.count) out")
      }
      for image in report.images {
        let names = image.names.isEmpty ? "" : " " + image.names.joined(separator: ", ")
        try terminal.writeLine(PlainText.sanitize("image \(image.identity)\(names)"))
      }
      try terminal.writeLine("")
      var table = Table(["SIZE", "SHA-256", "PATH"])
      for file in report.files {
        table.add([
          HumanText.size(file.byteCount), String(file.digest?.hexadecimal.prefix(12) ?? ""),
          file.path,
        ])
      }
      for line in table.lines { try terminal.writeLine(line) }
    }
    if !report.isIntact {
      terminal.note("sc: it is not intact; sc archive verify says why")
      throw ProcessExit(status: ExitStatus.failed.rawValue)
    }
  }
}

/// `sc archive diff`.
struct ArchiveDiffCommand: SmartCommand {
  static let description = CommandDescription(
    "diff", abstract: "Compare two archives.",
    discussion: """
      Ends with 0 when they have the same, and with 1 when not.

      Examples:
        $ sc archive diff paper-v1.tar.zst paper-v2.tar.zst
      """,
    parser: ArchiveDiffCommand.init)

  let global: GlobalOptions
  let json: Bool
  let limits: ArchiveLimitOptions
  let old: String
  let new: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    json = arguments.flag("json", help: "Write one JSON object.")
    limits = try ArchiveLimitOptions(&arguments)
    global = try GlobalOptions(&arguments)
    old = try arguments.word("old", help: "An archive.")
    new = try arguments.word("new", help: "The one that it is compared with.")
  }

  func run(_ invocation: Invocation) async throws {
    let places = try invocation.places()
    let archives = [old, new].map {
      OfflineArchive(at: invocation.absolute($0), limits: limits.limits, places)
    }
    let comparison = ArchiveComparison(
      try await archives[0].list(), try await archives[1].list())
    if json {
      try invocation.terminal.write(comparison.json)
    } else {
      for line in comparison.lines { try invocation.terminal.writeLine(PlainText.sanitize(line)) }
    }
    if !comparison.isSame { throw ProcessExit(status: ExitStatus.failed.rawValue) }
  }
}
