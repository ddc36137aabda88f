/// What an export has in it.
public struct ExportReport: Sendable, Equatable {
  /// How many activities, with those that cannot be read.
  public internal(set) var count = 0

  /// Those that are no JSON-LD, of which the export has no more than the name.
  public internal(set) var unreadable: [UnreadableActivity] = []

  /// Makes sure that all of it could be read.
  ///
  /// - Throws: `SmartContainersError` of code `historyUnusable`, which names the first that could not.
  public func requireAll() throws(SmartContainersError) {
    guard let first = unreadable.first else { return }
    let others = unreadable.count - 1
    throw SmartContainersError(
      .historyUnusable,
      "\(first.activity): \(first.reason)" + (others > 0 ? "; so are \(others) more" : ""),
      hint: "All else can be read. sc verify names everything that is not as it should be.")
  }
}
