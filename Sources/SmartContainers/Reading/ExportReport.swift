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
    let head =
      unreadable.count == 1
      ? "an activity is no linked data"
      : "\(unreadable.count) activities are no linked data, the first of them"
    throw SmartContainersError(
      .historyUnusable, "\(head): \(first.activity): \(first.reason)",
      hint:
        "Others wrote it, and it stays. git --git-dir=.sc log -p --grep=\(first.activity) shows it."
    )
  }
}
