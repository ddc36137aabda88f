import Foundation
import Testing

@testable import TestSupport

struct RunningCommandTests {
  @Test func keepsOutputErrorAndStatusApart() async throws {
    let result = try await Command.run(
      ["sh", "-c", "cat; echo complaint >&2; exit 7"], input: "in".utf8)
    #expect(result.status == 7)
    #expect(result.output == "in")
    #expect(result.error == "complaint\n")
  }

  @Test func givesTheEnvironmentAndFolderAskedFor() async throws {
    let folder = try TemporaryFolder()
    let output = try await Command.check(
      ["/bin/sh", "-c", "echo $MODE; pwd"], environment: ["MODE": "draft"], in: folder.path)
    #expect(output == "draft\n\(folder.path)\n")
  }

  @Test func carriesMoreThanAPipeHolds() async throws {
    let input = [UInt8](repeating: 0x61, count: 3 << 20)
    let result = try await Command.run(["cat"], input: input)
    #expect(result.outputBytes == input)
  }

  @Test func killsWhatTakesLongerThanItsTimeLimit() async throws {
    let start = ContinuousClock.now
    await #expect(throws: CommandError.self) {
      _ = try await Command.run(
        ["sh", "-c", "sleep 600 & sleep 600"], timeLimit: .milliseconds(200))
    }
    #expect(ContinuousClock.now - start < .seconds(300))
  }

  @Test func forwardsAnInterruptAfterOutputIsSeen() async throws {
    let running = try RunningCommand([
      "sh", "-c", "trap 'echo interrupted; exit 5' INT; echo ready; while :; do sleep 0.05; done",
    ])
    _ = try await running.output { $0.contains("ready") }
    running.interrupt()
    let result = try await running.result()
    #expect(result.output == "ready\ninterrupted\n")
    #expect(result.status == 5)
  }

  @Test func reportsASignalAsAShellDoes() async throws {
    let running = try RunningCommand(["sleep", "60"])
    running.signal(SIGTERM)
    #expect(try await running.result().status == 128 + SIGTERM)
  }

  @Test func failsWhenACommandEndsBeforeTheOutputWaitedFor() async throws {
    let running = try RunningCommand(["echo", "other"])
    await #expect(throws: CommandError.self) { _ = try await running.output { $0 == "ready" } }
  }

  @Test func refusesACommandThatIsNotThere() async throws {
    await #expect(throws: CommandError.self) { _ = try await Command.run(["/no/such/command"]) }
    await #expect(throws: CommandError.self) { try await Command.check(["false"]) }
  }

  @Test func removesATemporaryFolderWithItsContents() throws {
    var folder: TemporaryFolder? = try TemporaryFolder()
    let path = try #require(folder?.path.string)
    try folder?.write("text", to: "deep/in/file")
    #expect(FileManager.default.fileExists(atPath: path + "/deep/in/file"))
    folder = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
