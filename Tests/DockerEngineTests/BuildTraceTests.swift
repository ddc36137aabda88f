import Canonical
import Testing

@testable import DockerEngine

struct BuildTraceTests {
  /// A field of a message in the wire format.
  private func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    [number << 3 | 2] + varint(UInt64(bytes.count)) + bytes
  }

  private func field(_ number: UInt8, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

  private func field(_ number: UInt8, _ value: UInt64) -> [UInt8] { [number << 3] + varint(value) }

  private func varint(_ value: UInt64) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
  }

  /// A message with every field that is read, and with some that are not.
  private var message: [UInt8] {
    let start = field(1, 1_764_000_000) + field(2, 120_000_000)
    let end = field(1, 1_764_000_001) + field(2, 420_999_999)
    let vertex =
      field(1, "sha256:a") + field(2, "sha256:z") + field(3, "[2/2] RUN make") + field(4, 1)
      + field(5, start) + field(6, end) + field(7, "exit code: 7") + field(8, [1, 2, 3])
    let status =
      field(1, "extracting") + field(2, "sha256:a") + field(3, "name") + field(4, 300)
      + field(5, 1 << 40) + field(6, end) + field(7, start) + field(8, end)
    let log =
      field(1, "sha256:a") + field(2, start) + field(3, 2) + field(4, [0x68, 0x69, 0xFF, 0x0A])
    let warning =
      field(1, "sha256:a") + field(2, 1) + field(3, "old syntax") + field(5, "https://x.example/y")
    // An unknown varint, eight bytes, four bytes and a message.
    let unknown =
      field(15, 7) + [14 << 3 | 1, 0, 0, 0, 0, 0, 0, 0, 0] + [13 << 3 | 5, 0, 0, 0, 0]
      + field(12, "?")
    // What is told of a step goes before the step here.
    return field(3, log) + unknown + field(2, status) + field(4, warning) + field(1, vertex)
  }

  @Test func readsStepsProgressOutputAndWarnings() {
    var step = BuildStep(digest: "sha256:a", name: "[2/2] RUN make")
    step.isCached = true
    step.startedAt = Timestamp(millisecondsSince1970: 1_764_000_000_120)
    step.endedAt = Timestamp(millisecondsSince1970: 1_764_000_001_420)
    step.error = "exit code: 7"
    var progress = BuildStepProgress(step: "sha256:a", part: "extracting")
    (progress.current, progress.total) = (300, 1 << 40)
    (progress.startedAt, progress.endedAt) = (step.startedAt, step.endedAt)
    let output = BuildStepOutput(
      step: "sha256:a", bytes: [0x68, 0x69, 0xFF, 0x0A], writtenAt: step.startedAt)
    var begun = BuildStep(digest: step.digest, name: step.name)
    begun.startedAt = step.startedAt
    #expect(
      BuildTrace(message).events == [
        .step(begun), .stepOutput(output), .stepProgress(progress),
        .warning("old syntax (https://x.example/y)"), .step(step),
      ])
  }

  @Test func survivesEveryTruncationAndEveryWrongByte() {
    for count in 0..<message.count { _ = BuildTrace(Array(message.prefix(count))) }
    for index in message.indices {
      for byte in [0, 0x7F, 0x80, 0xFF] as [UInt8] {
        var broken = message
        broken[index] = byte
        _ = BuildTrace(broken)
      }
    }
    // Lengths and numbers beyond everything.
    for length in [UInt64(Int64.max), .max] {
      #expect(BuildTrace([1 << 3 | 2] + varint(length) + [1]).events.isEmpty)
    }
    #expect(BuildTrace([UInt8](repeating: 0xFF, count: 64)).events.isEmpty)
    let never = field(1, field(1, "a") + field(5, field(1, UInt64(Int64.max))))
    #expect(BuildTrace(never).events == [.step(BuildStep(digest: "a", name: ""))])
  }

  @Test func knowsTheLineThatHasOne() throws {
    let text = Base64.encode(message)
    let line: JSONValue = ["id": "moby.buildkit.trace", "aux": .string(text)]
    #expect(BuildTrace(json: line)?.events.count == 5)
    #expect(BuildTrace(json: ["id": "moby.buildkit.trace", "aux": "!"])?.events == [])
    let image: JSONValue = ["id": "moby.image.id", "aux": ["ID": "sha256:1"]]
    #expect(BuildTrace(json: image) == nil)
    #expect(ProgressEvent(json: image) == .image(id: "sha256:1"))
  }
}
