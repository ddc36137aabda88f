import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

/// Archives without an engine.
struct OfflineArchiveTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A package that is no archive of this program.
  private func archive() async throws -> OfflineArchive {
    try folder.write("bagit", to: "lab/file")
    try await Command.check(["tar", "-cf", "lab.tar", "lab"], in: folder.path)
    return OfflineArchive(
      at: folder.path.appending("lab.tar"), ClientPlaces(workingFolder: folder.path))
  }

  @Test func readingEndsWithItsTask() async throws {
    let archive = try await archive()
    #expect(try await !archive.verify().isIntact)
    let into = folder.path.appending("again")
    let readings: [@Sendable () async throws -> Void] = [
      { _ = try await archive.verify() }, { _ = try await archive.list() },
      { _ = try await archive.restore(into: into) },
    ]
    for read in readings {
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        try await read()
      }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
    #expect(!FileManager.default.fileExists(atPath: into.string))
  }
}
