import Foundation
import SystemPackage
import Testing

@testable import Archive

@Suite(.serialized) struct TarStreamTests {
  private static func file(_ name: String, _ size: Int) -> TarEntry {
    TarEntry(path: Array(name.utf8), kind: .file(size: Int64(size)), mode: 0o644, modified: 0)
  }

  /// Entries without end; tells on its stream how it ended.
  private static func endless() -> (TarStream, AsyncStream<ArchiveError?>) {
    let (ends, end) = AsyncStream.makeStream(of: ArchiveError?.self)
    let contents = [UInt8](repeating: 1, count: 1 << 20)
    let tar = TarStream { (writer) throws(ArchiveError) in
      do throws(ArchiveError) {
        while true { try writer.add(file("x", contents.count), bytes: contents) }
      } catch {
        end.yield(error)
        end.finish()
        throw error
      }
    }
    return (tar, ends)
  }

  @Test func writesWhatTarReads() async throws {
    let scratch = try ScratchFolder()
    let tar = TarStream { (writer) throws(ArchiveError) in
      try writer.add(TarEntry(path: Array("d".utf8), kind: .folder, mode: 0o755, modified: 1))
      try writer.add(Self.file("d/f", 3), bytes: [1, 2, 3])
      try writer.add(Self.file(String(repeating: "n", count: 300), 0))
    }
    let listing = try Shell.run("/usr/bin/tar", "tvf", try await scratch.file(of: tar).string)
    let lines = listing.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(
      lines.first?.hasPrefix("drwxr-xr-x 0/0") == true && lines.first?.hasSuffix("d/") == true)
    #expect(lines.last?.hasSuffix(String(repeating: "n", count: 300)) == true)
    #expect(tar.progress.entries == 3)
    #expect(try await tar.next() == nil)
  }

  @Test func handsOutChunksOfBoundedSize() async throws {
    let tar = TarStream { (writer) throws(ArchiveError) in
      let contents = [UInt8](repeating: 7, count: 1_000_000)
      try writer.add(Self.file("x", contents.count), bytes: contents)
    }
    var sizes: [Int] = []
    while let chunk = try await tar.next() { sizes.append(chunk.count) }
    #expect(sizes.dropLast().allSatisfy { $0 == 128 << 10 })
    #expect(sizes.allSatisfy { $0 > 0 } && sizes.count == 8)
    #expect(tar.progress.bytes == Int64(sizes.reduce(0, +)))
  }

  @Test func throwsWhatTheSourceThrows() async throws {
    let tar = TarStream { (_) throws(ArchiveError) in
      throw ArchiveError(.unreadable, call: "x", "no")
    }
    let error = await #expect(throws: ArchiveError.self) { try await tar.next() }
    #expect(error?.code == .unreadable)
  }

  @Test func refusesMoreBytesThanTheHeaderSays() async throws {
    let tar = TarStream { (writer) throws(ArchiveError) in
      try writer.add(Self.file("x", 1), bytes: [1, 2])
    }
    await #expect(throws: ArchiveError.self) { try await tar.collect() }
  }

  @Test(.timeLimit(.minutes(15))) func endsItsThreadWhenDropped() async throws {
    var (tar, ends): (TarStream?, AsyncStream<ArchiveError?>) = Self.endless()
    #expect(try await tar?.next()?.isEmpty == false)
    tar = nil
    var end = ends.makeAsyncIterator()
    #expect(await end.next()??.code == .cancelled)
  }

  @Test(.timeLimit(.minutes(15))) func endsItsThreadWhenTheReaderIsCancelled() async throws {
    let (tar, ends) = Self.endless()
    let reader = Task { while try await tar.next() != nil {} }
    reader.cancel()
    await #expect(throws: CancellationError.self) { try await reader.value }
    await #expect(throws: CancellationError.self) { try await tar.next() }
    var end = ends.makeAsyncIterator()
    #expect(await end.next()??.code ?? .cancelled == .cancelled)
  }

  @Test(.timeLimit(.minutes(15))) func staysAFewChunksAheadOfItsReader() async throws {
    let tar = TarStream { (writer) throws(ArchiveError) in
      let contents = [UInt8](repeating: 1, count: TarStream.chunkSize)
      while true { try writer.add(Self.file("x", contents.count), bytes: contents) }
    }
    for taken in 1...500 {
      _ = try await tar.next()
      await Task.yield()
      #expect(tar.progress.entries <= taken + 5)
    }
  }

  @Test(.timeLimit(.minutes(15))) func streamsTwoGibibytesInBoundedMemory() async throws {
    let scratch = try ScratchFolder()
    try scratch.make("truncate -s 2G sparse; touch Dockerfile")
    try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    let before = try Self.peakInKibibytes()
    let tar = try BuildContext(folder: scratch.path).tar()
    var count: Int64 = 0
    while let chunk = try await tar.next() { count += Int64(chunk.count) }
    #expect(count > 2 << 30)
    #expect(try Self.peakInKibibytes() - before < 64 << 10)
  }

  private static func peakInKibibytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(line.split(separator: " ").compactMap { Int($0) }.first)
  }
}
