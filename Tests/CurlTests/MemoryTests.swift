import Foundation
import HTTP
import Testing

@testable import Curl

@Suite(.serialized, .timeLimit(.minutes(15))) struct MemoryTests {
  @Test func aDownloadOfTwoGibibytesFits() async throws {
    await #expect(processExitsWith: .success) {
      let peer = try Peer()
      let count = try await peer.transport().withResponse(to: .get("/download?\(2 << 30)")) {
        var count = 0
        for try await chunk in $0.body { count += chunk.count }
        return count
      }
      #expect(count == 2 << 30)
      #expect(try peakInKibibytes() < 64 << 10)
    }
  }

  @Test func anUploadOfTwoGibibytesFits() async throws {
    await #expect(processExitsWith: .success) {
      let peer = try Peer()
      let source = UploadTests.Source(chunks: 1 << 13, of: 1 << 18)
      let answer = try await peer.transport().text(
        .post("/discard", .stream(length: nil, next: source.next)))
      #expect(answer == "\(2 << 30)")
      #expect(try peakInKibibytes() < 64 << 10)
    }
  }
}

/// The most memory that this process has held.
private func peakInKibibytes() throws -> Int {
  let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
  return Int(line?.split(whereSeparator: \.isWhitespace).dropFirst().first ?? "") ?? Int.max
}
