import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Archive

struct TarExtractionTests {
  /// What Python's tarfile makes of some lines, as it makes no difference between good and bad.
  private func archive(_ lines: String, _ folder: TemporaryFolder) async throws -> [UInt8] {
    let program = """
      import io, sys, tarfile
      def add(name, kind=tarfile.REGTYPE, link='', data=b'x'):
          member = tarfile.TarInfo(name)
          member.type, member.linkname = kind, link
          member.size = len(data) if kind == tarfile.REGTYPE else 0
          tar.addfile(member, io.BytesIO(data))
      tar = tarfile.open('a.tar', 'w', format=tarfile.PAX_FORMAT)
      \(lines)
      tar.close()
      """
    _ = try await Command.check(["python3", "-c", program], in: folder.path)
    let data = try Data(contentsOf: URL(fileURLWithPath: folder.path.appending("a.tar").string))
    return [UInt8](data)
  }

  private func extract(_ bytes: [UInt8], into folder: TemporaryFolder) async throws {
    let target = folder.path.appending("in")
    try FileManager.default.createDirectory(
      atPath: target.string, withIntermediateDirectories: true)
    let chunks = AsyncThrowingStream<[UInt8], any Error> { continuation in
      for start in stride(from: 0, to: bytes.count, by: 700) {
        continuation.yield(Array(bytes[start..<min(start + 700, bytes.count)]))
      }
      continuation.finish()
    }
    try await TarExtraction(into: target, as: "new").extract(chunks)
  }

  @Test func namesTheFirstPartAnew() async throws {
    let folder = try TemporaryFolder()
    let bytes = try await archive(
      "add('old', tarfile.DIRTYPE); add('old/ä b', data=b'1' * 100000); "
        + "add('old/hard', tarfile.LNKTYPE, 'old/ä b'); add('old/soft', tarfile.SYMTYPE, 'x')",
      folder)
    try await extract(bytes, into: folder)
    let names = try FileManager.default.subpathsOfDirectory(
      atPath: folder.path.appending("in").string)
    #expect(names.sorted() == ["new", "new/hard", "new/soft", "new/ä b"])
  }

  @Test(arguments: [
    "add('../out')", "add('a/../../out')", "add('/out')", "add('a/..')",
    "add('a', tarfile.DIRTYPE); add('a/l', tarfile.SYMTYPE, '../..'); add('a/l/out')",
    "add('a/h', tarfile.LNKTYPE, '../secret')", "add('a/h', tarfile.LNKTYPE, '/etc/passwd')",
  ])
  func refusesWhatWouldLandElsewhere(lines: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("secret", to: "secret")
    let bytes = try await archive(lines, folder)
    await #expect(throws: ArchiveError.self) { try await extract(bytes, into: folder) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path.string)
    #expect(names.sorted() == ["a.tar", "in", "secret"])
  }

  /// A process that began meanwhile must not keep the writing end open: nobody would see the end.
  @Test(.timeLimit(.minutes(2))) func endsThoughAProcessBeganMeanwhile() async throws {
    let folder = try TemporaryFolder()
    let bytes = try await archive("add('a')", folder)
    let process = Mutex<RunningCommand?>(nil)
    defer { process.withLock { $0 }?.signal(SIGKILL) }
    let target = folder.path.appending("in")
    try FileManager.default.createDirectory(
      atPath: target.string, withIntermediateDirectories: true)
    let isSent = Mutex(false)
    let chunks = AsyncThrowingStream<[UInt8], any Error> {
      if isSent.withLock({ sent in
        defer { sent = true }; return !sent
      }) {
        return bytes
      }
      let sleeping = try RunningCommand(["sleep", "600"])
      process.withLock { $0 = sleeping }
      return nil
    }
    try await TarExtraction(into: target, as: "new").extract(chunks)
    #expect(FileManager.default.fileExists(atPath: target.appending("new").string))
  }

  @Test func saysWhatIsNoArchiveAndWhatIsCutShort() async throws {
    let folder = try TemporaryFolder()
    await #expect(throws: ArchiveError.self) {
      try await extract(Array(repeating: 7, count: 5000), into: folder)
    }
    let bytes = try await archive("add('a', data=b'1' * 100000)", folder)
    await #expect(throws: ArchiveError.self) {
      try await extract(Array(bytes.prefix(50000)), into: folder)
    }
  }
}
