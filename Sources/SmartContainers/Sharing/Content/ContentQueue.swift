import History

/// Objects of large content that wait for their transfer: a few go at once, and what fails by
/// chance is tried again.
struct ContentQueue<Carrier: ContentCarrier>: Sendable {
  let carrier: Carrier

  /// How many objects go at once.
  let width: Int

  /// How often an object is tried.
  private static var attempts: Int { 3 }

  /// The longest time that a server is left alone because it says so.
  private static var longestPause: Duration { .seconds(30) }

  /// Transfers objects.
  ///
  /// - Returns: what came of each.
  /// - Throws: `ContentError` where none can be transferred.
  func run(_ objects: [LargeContent]) async throws -> [LargeContent: CarryResult] {
    var results: [LargeContent: CarryResult] = [:]
    var waiting = objects
    for attempt in 1...Self.attempts {
      var again: [LargeContent] = []
      var pause = Duration.zero
      while !waiting.isEmpty {
        let batch = Array(waiting.prefix(BatchRequest.objectLimit))
        waiting.removeFirst(batch.count)
        for (content, result) in try await carry(batch, try await plans(for: batch)) {
          // What seemed to fail and is there at the next attempt was brought there.
          if case .present = result, results[content] != nil {
            results[content] = .carried
          } else {
            results[content] = result
          }
          guard case .failed(let error) = result, error.kind == .transient else { continue }
          again.append(content)
          pause = max(pause, error.pause ?? .zero)
        }
      }
      guard !again.isEmpty, attempt < Self.attempts else { break }
      try await rest(after: attempt, pause)
      waiting = again
    }
    return results
  }

  private func plans(for batch: [LargeContent]) async throws -> [LargeContent: Carrier.Plan] {
    var attempt = 1
    while true {
      do {
        return try await carrier.plans(for: batch)
      } catch let error as ContentError where error.kind == .transient && attempt < Self.attempts {
        try await rest(after: attempt, error.pause ?? .zero)
        attempt += 1
      }
    }
  }

  private func carry(
    _ batch: [LargeContent], _ plans: [LargeContent: Carrier.Plan]
  ) async throws -> [(LargeContent, CarryResult)] {
    try await withThrowingTaskGroup(of: (LargeContent, CarryResult).self) { group in
      var waiting = batch.compactMap { content in plans[content].map { (content, $0) } }[...]
      var results: [(LargeContent, CarryResult)] = []
      for _ in 0..<width {
        guard let next = waiting.popFirst() else { break }
        group.addTask { try await carry(next.0, next.1) }
      }
      while let result = try await group.next() {
        results.append(result)
        guard let next = waiting.popFirst() else { continue }
        group.addTask { try await carry(next.0, next.1) }
      }
      return results
    }
  }

  private func carry(
    _ content: LargeContent, _ plan: Carrier.Plan
  ) async throws -> (LargeContent, CarryResult) {
    do {
      return (content, try await carrier.carry(content, plan))
    } catch let error as ContentError {
      return (content, .failed(error))
    }
  }

  /// Waits as long as the server wants, or a little, and more after each attempt.
  private func rest(after attempt: Int, _ pause: Duration) async throws {
    let own = Duration.milliseconds(Int64.random(in: 200...300) << (attempt - 1))
    try await Task.sleep(for: max(own, min(pause, Self.longestPause)))
  }
}
