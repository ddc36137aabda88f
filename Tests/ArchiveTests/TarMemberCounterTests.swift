import Foundation
import TestSupport
import Testing

@testable import Archive

struct TarMemberCounterTests {
  /// An archive that GNU tar makes, with long names, links, a pipe and a large member.
  private func archive(_ format: String) async throws -> (bytes: [UInt8], count: Int64) {
    let folder = try TemporaryFolder()
    let long = String(repeating: "n", count: 200)
    let script = """
      mkdir -p in/empty in/\(long)
      head -c 100000 /dev/urandom > in/\(long)/data; echo x > in/a; ln -s a in/link
      ln in/a in/hard; mkfifo in/pipe
      tar --format=\(format) -C in -cf out.tar . && tar -tf out.tar | wc -l
      """
    let count = try await Command.check(["bash", "-c", script], in: folder.path)
    let data = try Data(
      contentsOf: URL(fileURLWithPath: folder.path.appending("out.tar").string))
    return (
      [UInt8](data), try #require(Int64(count.trimmingCharacters(in: .whitespacesAndNewlines)))
    )
  }

  @Test(arguments: ["gnu", "pax"])
  func countsWhatTarLists(format: String) async throws {
    let (bytes, count) = try await archive(format)
    for size in [1, 511, 512, 513, 7000, bytes.count] {
      var counter = TarMemberCounter()
      for start in stride(from: 0, to: bytes.count, by: size) {
        counter.update(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(counter.isArchive)
      #expect(counter.count == count, "chunks of \(size)")
    }
  }

  @Test func knowsWhatIsNoArchive() {
    var counter = TarMemberCounter()
    counter.update(Array(repeating: UInt8(ascii: "x"), count: 2000))
    #expect(!counter.isArchive)
    var empty = TarMemberCounter()
    empty.update(Array(repeating: 0, count: 10240))
    #expect(empty.isArchive)
    #expect(empty.count == 0)
  }
}
