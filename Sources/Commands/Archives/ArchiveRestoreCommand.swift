import Arguments
import SmartContainers
import SystemPackage

/// `sc archive restore`.
struct ArchiveRestoreCommand: SmartCommand {
  static let description = CommandDescription(
    "restore", abstract: "Unpack an archive, and run it again.",
    discussion: """
      It is verified first. Then its inputs are placed in a folder, each where it was beneath the \
      folder of the run, and its history becomes the .sc of that folder, or joins the one that \
      is there. --load loads its images into the engine. --run does all runs again and says of \
      each output whether it is the same; it ends with 1 when one is not.

      What a run had of its host beyond declared files, such as folders by --volume, devices, \
      privileges or hidden values of the environment, an archive of yours may have here, too, with \
      --allow-host-access. That of somebody else might do harm with it.

      Examples:
        $ sc archive restore paper.tar.zst --into paper
        $ sc archive restore paper.tar.zst --into paper --load --run
      """,
    parser: ArchiveRestoreCommand.init)

  let global: GlobalOptions
  let into: String
  let options: RestoreOptions
  let limits: ArchiveLimitOptions
  let file: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    var options = RestoreOptions()
    let folder: PathArgument? = try arguments.option(
      "into", value: "folder",
      help: "Where to place it: the working folder unless said otherwise.")
    into = folder?.text ?? "."
    options.loads = arguments.flag("load", help: "Load the images into the engine.")
    options.runs = arguments.flag("run", help: "Do the runs again, and compare; loads the images.")
    options.allowsHostAccess = arguments.flag(
      "allow-host-access", help: "Let runs and containers have of this host what they had.")
    options.replaces = arguments.flag("force", "f", help: "Replace files that are other ones.")
    self.options = options
    limits = try ArchiveLimitOptions(&arguments)
    global = try GlobalOptions(&arguments)
    file = try arguments.word("file", help: "The archive.")
  }

  func run(_ invocation: Invocation) async throws {
    let archive = OfflineArchive(
      at: invocation.absolute(file), limits: limits.limits, try invocation.places())
    let amount = AmountDisplay(invocation.terminal, isWanted: true)
    defer { amount.finish() }
    let folder = invocation.absolute(into)
    let restored = try await archive.restore(into: folder, replaces: options.replaces) { count in
      amount.show("Restoring: \(HumanText.size(count))")
    }
    amount.finish()
    let terminal = invocation.terminal
    terminal.note("sc: the history is \(restored.history) in \(folder)/.sc")
    for path in restored.placed { try terminal.writeLine(PlainText.sanitize(path)) }
    for path in restored.unplaced {
      terminal.note(
        "sc: not placed, because git would read it as its own: \(PlainText.sanitize(path)); a rerun "
          + "has it from the history")
    }
    guard options.loads || options.runs else { return }
    let moved = invocation.moved(to: folder)
    try await moved.withClient { client in
      let loaded = try await client.loadImages(of: archive, restored)
      for name in loaded.names { terminal.note("sc: loaded \(PlainText.sanitize(name))") }
      for (name, id) in loaded.taken {
        terminal.note(
          "sc: loaded \(id), without the name \(PlainText.sanitize(name)), which is another image's"
        )
      }
      let containers = try await client.recreateContainers(
        of: restored, supplying: invocation.environment,
        allowsHostAccess: options.allowsHostAccess)
      report(containers, terminal)
    }
    guard options.runs else { return }
    guard !restored.activities.isEmpty else {
      throw UsageError("archive restore --run: the archive has no run")
    }
    var rerun = RerunOptions()
    rerun.environment = options.allowsHostAccess ? invocation.environment : [:]
    rerun.allowsHostAccess = options.allowsHostAccess
    rerun.pulling = ImagePulling(.never)
    rerun.folder = (from: FilePath(restored.originalFolder), to: folder)
    let reader = try await HistoryReader.open(try moved.places())
    let chain = try await reader.rerunChain(of: restored.activities)
    for note in chain.notes { terminal.note("sc: not done again: \(PlainText.sanitize(note))") }
    guard !chain.plans.isEmpty else { throw ProcessExit(status: ExitStatus.failed.rawValue) }
    try await RerunSeries(
      chain, rerun, isRange: true, isJSON: false,
      failsFast: false
    ).run(moved)
  }

  private func report(_ containers: RecreatedContainers, _ terminal: Terminal) {
    for name in containers.made {
      terminal.note("sc: created \(PlainText.sanitize(name)), not started")
    }
    for name in containers.present {
      terminal.note("sc: a container \(PlainText.sanitize(name)) is there, and stays")
    }
    for (name, grants) in containers.refused {
      terminal.note(
        "sc: not created: \(PlainText.sanitize(name)) would have "
          + PlainText.sanitize(grants.joined(separator: "; "))
          + ", which --allow-host-access allows")
    }
  }
}
