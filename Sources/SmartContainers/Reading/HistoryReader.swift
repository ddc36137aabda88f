import Canonical
import History
import SystemPackage

/// A history, opened to be read: what `sc log`, `sc show` and `sc diff` ask.
public final class HistoryReader: Sendable {
  let queue: HistoryQueue

  /// The folder of the history.
  public let path: FilePath

  init(_ queue: HistoryQueue) {
    self.queue = queue
    path = queue.history.path
  }

  /// Opens the history that the places lead to.
  ///
  /// - Throws: `SmartContainersError`: `noHistory` and others.
  public static func open(_ places: ClientPlaces) async throws -> HistoryReader {
    try await reading {
      let path = try HistoryStore.locate(places)
      let executor = HistoryQueue.makeExecutor()
      return try await executor.run {
        HistoryReader(HistoryQueue(try HistoryRepository.open(at: path).history, on: executor))
      }
    }
  }

  /// Does something with the history on its thread, and explains what goes wrong.
  func read<Result: Sendable>(
    _ body: @Sendable (HistoryRepository) throws -> Result
  ) async throws -> Result {
    try await Self.reading { try await queue.with(body) }
  }

  private static func reading<Result>(
    _ body: () async throws -> Result
  ) async throws -> Result {
    do {
      return try await body()
    } catch let error as HistoryError {
      throw SmartContainersError(describing: error)
    }
  }
}
