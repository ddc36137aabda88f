extension ContentReceiver {
  /// How often is looked whether another process is done with an object.
  private static let interval = Duration.milliseconds(200)

  /// Begins, or goes on with what has come before, once no other process is at it.
  ///
  /// - Returns: how many bytes are here; nil when another process has fetched all of it.
  nonisolated func openWhenFree() async throws -> Int64? {
    while true {
      if await isHere() { return nil }
      if let count = try await open() {
        // It may have come between the two.
        guard await isHere() else { return count }
        await close()
        return nil
      }
      try await Task.sleep(for: Self.interval)
    }
  }
}
