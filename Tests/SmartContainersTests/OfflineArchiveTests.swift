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

  @Test func historiesAreUnpackedWhereThereIsRoom() throws {
    let (memory, disk) = (folder.path.appending("memory"), folder.path.appending("disk"))
    try folder.write("", to: "memory/file")
    try folder.write("", to: "disk/file")
    for (byteCount, parent) in [(Int64(1), memory), (Int64.max, disk)] {
      let scratch = try MemoryFolder(in: [memory, disk], forArchiveOf: byteCount)
      #expect(scratch.path.removingLastComponent() == parent)
      scratch.remove()
      #expect(!FileManager.default.fileExists(atPath: scratch.path.string))
    }
    let scratch = try MemoryFolder(in: ["/nosuch", disk], forArchiveOf: 1)
    #expect(scratch.path.removingLastComponent() == disk)
    scratch.remove()
    #expect(throws: SmartContainersError.self) {
      try MemoryFolder(in: ["/nosuch"], forArchiveOf: 1)
    }
  }

  @Test func whatAKilledOneLeftIsRemoved() throws {
    let used = try MemoryFolder(in: [folder.path], forArchiveOf: 0)
    defer { used.remove() }
    try folder.write("", to: "sc-archive-killed/history.sc/HEAD")
    try folder.write("", to: "sc-archive-backup/thesis.tex")
    try folder.write("", to: "sc-archive-of-mine/history.sc/HEAD")
    try folder.write("", to: "sc-archive-a-file")
    try MemoryFolder(in: [folder.path], forArchiveOf: 0).remove()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path.string)
    let kept: Set<String> = ["sc-archive-a-file", "sc-archive-backup", "sc-archive-of-mine"]
    #expect(Set(names) == kept.union([used.path.lastComponent?.string ?? ""]))
  }
}
