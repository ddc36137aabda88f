import Arguments
import Glibc
import SmartContainers

/// Docker's flags of the commands that remove what nobody uses.
struct PruneOptions {
  let force: Bool
  let dryRun: Bool
  let filter: [String]

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    force = arguments.flag("force", "f", help: "Do not ask.")
    dryRun = arguments.flag("dry-run", help: "Only say what would be removed.")
    filter = try arguments.options(
      "filter", value: "key=value", help: "Only those that match.")
  }

  func filters() throws(UsageError) -> [String: [String]] { try EngineFilters.parse(filter) }

  /// Asks the user, on a terminal; whoever has none must have said `--force`.
  ///
  /// - Parameter what: what will be removed: `all volumes that no container uses`.
  func confirm(_ what: String, _ invocation: Invocation) throws {
    guard !force else { return }
    guard isatty(STDIN_FILENO) == 1 else {
      throw UsageError("this removes \(what); say --force, or --dry-run to see what that would be")
    }
    invocation.terminal.note("This removes \(what). Are you sure? [y/N]")
    guard let answer = readLine()?.lowercased(), ["y", "yes"].contains(answer) else {
      throw ProcessExit(status: ExitStatus.failed.rawValue)
    }
  }
}

extension Invocation {
  /// Writes what was removed, as docker does.
  ///
  /// - Parameter title: `Deleted Volumes:`.
  func write(removed: [String], as title: String, reclaimedInBytes: Int64?) throws {
    if !removed.isEmpty {
      try terminal.writeLine(title)
      for name in removed { try terminal.writeLine(PlainText.sanitize(name)) }
      try terminal.writeLine("")
    }
    if let reclaimedInBytes {
      try terminal.writeLine("Total reclaimed space: \(HumanText.size(reclaimedInBytes))")
    }
  }

  /// Writes what a prune would remove.
  func write(wouldRemove names: [String]) throws {
    for name in names { try terminal.writeLine("would remove \(PlainText.sanitize(name))") }
  }
}
