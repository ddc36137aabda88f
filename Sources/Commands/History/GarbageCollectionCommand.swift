import ArgumentParser
import SmartContainers

/// `sc gc`.
struct GarbageCollectionCommand: SmartCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc", abstract: "Pack and sync the history.",
    discussion: """
      Until an operation is packed, the journal keeps a synced copy of it, so that no power cut
      can take it. sc starts this by itself, in the background, when a hundred operations wait.

      Examples:
        $ sc gc
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  @Flag(help: "Only when enough operations wait.")
  var auto = false

  func run(_ invocation: Invocation) async throws {
    try await HistoryStore.open(try invocation.places()).consolidate(onlyWhenDue: auto)
  }
}
