import Canonical
import HTTP
import Synchronization
import Testing

@testable import DockerEngine

struct StreamTests {
  /// A body of the given bytes in chunks of `size`.
  private func body(_ bytes: [UInt8], chunk size: Int) -> HTTPResponseBody {
    let rest = Mutex(bytes[...])
    return HTTPResponseBody {
      rest.withLock { rest in
        let chunk = Array(rest.prefix(size))
        rest = rest.dropFirst(size)
        return chunk.isEmpty ? nil : chunk
      }
    }
  }

  private func frame(_ stream: UInt8, _ text: String) -> [UInt8] {
    let count = UInt32(text.utf8.count)
    return [stream, 0, 0, 0] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
      + Array(text.utf8)
  }

  @Test(arguments: [1, 3, 8, 9, 1000])
  func takesFramesApartHoweverTheyAreCut(_ size: Int) async throws {
    let bytes = frame(1, "out one\n") + frame(2, "err\n") + frame(1, "") + frame(1, "out two\n")
    var texts: [OutputChunk.Stream: [UInt8]] = [:]
    let frames = OutputFrames(body: body(bytes, chunk: size), isFramed: true, operation: "test")
    for try await chunk in frames { texts[chunk.stream, default: []] += chunk.bytes }
    #expect(texts[.standardOutput] == Array("out one\nout two\n".utf8))
    #expect(texts[.standardError] == Array("err\n".utf8))
  }

  @Test(
    arguments: [[1, 0, 0, 0, 0, 0, 0, 5, 65], [1, 0, 0], [9, 0, 0, 0, 0, 0, 0, 0]] as [[UInt8]])
  func refusesFramesThatAreNone(_ bytes: [UInt8]) async {
    await #expect(throws: EngineError.self) {
      for try await _ in OutputFrames(
        body: body(bytes, chunk: 2), isFramed: true, operation: "test")
      {}
    }
  }

  @Test(arguments: [1, 5, 1000])
  func readsOneValueALine(_ size: Int) async throws {
    let text = "{\"a\":1}\r\n\r\n{\"b\":2}\n{\"c\":3}"
    var values: [JSONValue] = []
    for try await value in JSONLines(
      body(Array(text.utf8), chunk: size), RouteTable.imageBuild, .dockerd)
    {
      values.append(value)
    }
    #expect(values == [["a": 1], ["b": 2], ["c": 3]])
  }

  @Test func throwsTheErrorInsideAStream() async {
    let text =
      "{\"stream\":\"x\"}\n{\"errorDetail\":{\"code\":7,\"message\":\"no\"},\"error\":\"no\"}\n"
    await #expect {
      for try await _ in JSONLines(
        body(Array(text.utf8), chunk: 9), RouteTable.imageBuild, .dockerd)
      {}
    } throws: { error in
      (error as? EngineError)?.code == .inStream && (error as? EngineError)?.exitCode == 7
    }
  }

  @Test(
    arguments: [
      ("write /data: no space left on device", nil, EngineError.Code.noSpace),
      ("The command 'echo no space left on device' returned a non-zero code: 1", 1, .inStream),
      ("write /data: disk quota exceeded", nil, .noSpace), ("no", nil, .inStream),
    ] as [(String, Int?, EngineError.Code)])
  func tellsAFullDiskFromACommandThatSpeaksOfOne(
    message: String, exitCode: Int?, code: EngineError.Code
  ) async {
    let detail = exitCode.map { "\"code\":\($0)," } ?? ""
    let text = "{\"errorDetail\":{\(detail)\"message\":\"\(message)\"},\"error\":\"\(message)\"}\n"
    await #expect {
      for try await _ in JSONLines(
        body(Array(text.utf8), chunk: 20), RouteTable.imageLoad, .dockerd)
      {}
    } throws: { error in
      (error as? EngineError)?.code == code && (error as? EngineError)?.message == message
    }
    #expect(
      EngineError(status: 500, message: message, operation: "").code
        == (message == "no" ? .engineFault : .noSpace))
  }
}
