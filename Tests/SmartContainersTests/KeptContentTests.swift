import Canonical
import Foundation
import History
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct KeptContentTests {
  private static let hasGitLFS = FileManager.default.isExecutableFile(atPath: "/usr/bin/git-lfs")

  private func collect(_ body: some AsyncSequence<[UInt8], any Error>) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in body { bytes += chunk }
    return bytes
  }

  /// The files under a folder of the history's `lfs`.
  private func files(_ laboratory: Laboratory, _ folder: String) -> [String] {
    let path = laboratory.history.pushing(FilePath("lfs/\(folder)")).string
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return names.filter { !$0.hasSuffix("/") && $0.split(separator: "/").last?.count ?? 0 > 2 }
  }

  private func pointerPath(_ record: Record) -> String? {
    record.document.generated.first { $0.role == .archive }?.pointerPath
  }

  @Test func keepsWhatLeavesAnEngine() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    var archives: [[UInt8]] = []
    let records = try await laboratory.records { client in
      let id = try await client.engine.createContainer(ContainerSpecification(image, "true")).id
      archives.append(try await client.exportContainer(id, keep: true) { try await collect($0) })
      archives.append(
        try await client.archive(of: id, path: "/etc/passwd", keep: true) { _, body in
          try await collect(body)
        })
      archives.append(try await client.saveImages([image], keep: true) { try await collect($0) })
      // The same bytes, and some that are not to be kept.
      _ = try await client.exportContainer(id, keep: true) { try await collect($0) }
      _ = try await client.exportContainer(id, keep: false) { try await collect($0) }
    }
    try #require(
      records.map(\.operation) == [
        "container.create", "container.export", "container.copyOut", "image.save",
        "container.export", "container.export",
      ])
    for (record, bytes) in zip(records.dropFirst(), archives) {
      let kept = LargeContent(digest: SHA256Digest(of: bytes), byteCount: Int64(bytes.count))
      #expect(pointerPath(record) == kept.pointerPath(.archive))
      #expect(
        try await laboratory.git("show", "\(record.entry.id):\(kept.pointerPath(.archive))")
          == String(decoding: kept.pointer, as: UTF8.self))
      let name = kept.digest.hexadecimal
      let object = "lfs/objects/\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)"
      let path = laboratory.history.pushing(FilePath(object)).string
      #expect(FileManager.default.contents(atPath: path).map(Array.init) == bytes)
    }
    #expect(pointerPath(records[4]) == pointerPath(records[1]))
    #expect(records[4].changed(under: "content").isEmpty)
    #expect(pointerPath(records[5]) == nil)
    let objects = files(laboratory, "objects").filter { $0.count > 64 }
    #expect(objects.count == 3)
    #expect(files(laboratory, "incoming").isEmpty)
    try await laboratory.check()
    let reader = try await HistoryReader.open(laboratory.places)
    let shown = try await reader.activity(records[1].document.id.description)
    let thing = try #require(shown.generated.first { $0.role == "archive" }?.kept)
    #expect(thing.isHere && thing.byteCount == Int64(archives[0].count))
    #expect(thing.path == pointerPath(records[1]))
  }

  @Test(.enabled(if: hasGitLFS, "git-lfs is not installed"))
  func plainGitLFSChecksItOut() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    var bytes: [UInt8] = []
    let record = try await laboratory.record { client in
      bytes = try await client.saveImages([image], keep: true) { try await collect($0) }
    }
    let path = try #require(pointerPath(record))
    let clone = laboratory.folder.path.appending("clone")
    let git = { (arguments: [String]) in
      try await Command.check(
        ["git", "-c", "filter.lfs.smudge=git-lfs smudge -- %f", "-c", "filter.lfs.required=true"]
          + ["-c", "filter.lfs.process=git-lfs filter-process"] + arguments)
    }
    #expect(
      try await Command.check(["git", "lfs", "fsck"], in: laboratory.history).contains("OK"))
    _ = try await git(["clone", "--quiet", laboratory.history.string, clone.string])
    let file = clone.pushing(FilePath(path)).string
    #expect(FileManager.default.contents(atPath: file).map(Array.init) == bytes)
    #expect(try await Command.check(["git", "lfs", "fsck"], in: clone).contains("OK"))
    let smudged = try await Command.run(
      ["git", "lfs", "smudge"],
      input: Array(try await laboratory.git("show", "HEAD:\(path)").utf8), in: clone)
    #expect(smudged.outputBytes == bytes)
    // What is damaged is found, so that the checks above mean something.
    let object = try #require(files(laboratory, "objects").first { $0.count > 64 })
    let damaged = laboratory.history.pushing(FilePath("lfs/objects/\(object)")).string
    #expect(chmod(damaged, 0o644) == 0 && truncate(damaged, 1000) == 0)
    let check = try await Command.run(["git", "lfs", "fsck", "--dry-run"], in: laboratory.history)
    #expect(check.status != 0)
  }

  @Test func keepsNothingOfWhatWasNotReadToItsEnd() async throws {
    struct Enough: Error {}
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let records = try await laboratory.records { client in
      let id = try await client.engine.createContainer(ContainerSpecification(image, "true")).id
      await #expect(throws: Enough.self) {
        try await client.exportContainer(id, keep: true) { body in
          for try await _ in body { throw Enough() }
        }
      }
      await #expect(throws: EngineError.self) {
        try await client.exportContainer("nosuch", keep: true) { try await collect($0) }
      }
    }
    try #require(
      records.map(\.operation) == ["container.create", "container.export", "container.export"])
    #expect(records.dropFirst().allSatisfy { $0.document.outcome != .succeeded })
    #expect(records.allSatisfy { $0.changed(under: "content").isEmpty })
    #expect(files(laboratory, "objects").isEmpty && files(laboratory, "incoming").isEmpty)
    try await laboratory.check()
  }

  @Test func refusesBeforeAnythingLeavesWhereNothingCanBeKept() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    try "in the way".write(
      toFile: laboratory.history.appending("lfs").string, atomically: true, encoding: .utf8)
    let records = try await laboratory.records { client in
      let id = try await client.engine.createContainer(ContainerSpecification(image, "true")).id
      await #expect(throws: HistoryError.self) {
        try await client.exportContainer(id, keep: true) { _ in Issue.record("it left") }
      }
    }
    #expect(records.map(\.operation) == ["container.create"])
    try await laboratory.check()
  }

  @Test func saysWhatCouldNotBeKept() async throws {
    let laboratory = try await Laboratory()
    let image = try await laboratory.engine.image()
    let client = try await Client.open(laboratory.places)
    var count = 0
    let id = try await client.engine.createContainer(ContainerSpecification(image, "true")).id
    count = try await client.exportContainer(id, keep: true) { body in
      // Whatever goes wrong with the file: the archive still comes to its end.
      let objects = laboratory.history.pushing("lfs/objects")
      try "in the way".write(toFile: objects.string, atomically: true, encoding: .utf8)
      return try await collect(body).count
    }
    let error = #expect(throws: SmartContainersError.self) { try client.finish() }
    #expect(error?.code == .notKept)
    #expect(count > 1000)
    let records = try await laboratory.records()
    try #require(records.map(\.operation) == ["container.create", "container.export"])
    #expect(records[1].document.outcome == .succeeded)
    #expect(records[1].generated == [.archive] && pointerPath(records[1]) == nil)
    #expect(files(laboratory, "incoming").isEmpty)
    try await laboratory.check()
  }
}
