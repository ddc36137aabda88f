import Arguments
import SmartContainers

/// `sc gc`.
struct GarbageCollectionCommand: SmartCommand {
  static let description = CommandDescription(
    "gc", abstract: "Pack and sync the history, and clear away leftovers.",
    discussion: """
      Until an operation is packed, the journal keeps a synced copy of it, so that no power cut \
      can take it. sc starts this by itself, in the background, when fifty operations wait.

      Examples:
        $ sc gc
      """,
    parser: GarbageCollectionCommand.init)

  let global: GlobalOptions
  let auto: Bool

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    auto = arguments.flag("auto", help: "Only when enough operations wait.")
    global = try GlobalOptions(&arguments)
  }

  func run(_ invocation: Invocation) async throws {
    try await HistoryStore.open(try invocation.places()).consolidate(onlyWhenDue: auto)
  }
}
