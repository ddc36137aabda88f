/// Filters as docker's `--filter` takes them.
enum EngineFilters {
  /// Groups `key=value` entries by their key.
  static func parse(_ entries: [String]) throws(UsageError) -> [String: [String]] {
    var filters: [String: [String]] = [:]
    for entry in entries {
      let halves = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, !halves[0].isEmpty else {
        throw UsageError("--filter \(entry): expected key=value")
      }
      filters[String(halves[0]), default: []].append(String(halves[1]))
    }
    return filters
  }
}
