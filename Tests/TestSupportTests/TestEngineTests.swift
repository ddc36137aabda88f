import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct TestEngineTests {
  @Test func isOneForAllTestsOfTheProcess() async throws {
    let first = try await TestEngine.shared()
    let second = try await TestEngine.shared()
    #expect(first === second)
    #expect(first.host == "unix://\(first.socket)")
  }

  @Test func makesImagesOfTheirOwn() async throws {
    let engine = try await TestEngine.shared()
    let first = try await engine.image(changes: ["ENV MODE=\"draft & more\""])
    let second = try await engine.image()
    #expect(first != second)
    let description = try await Command.check([
      "curl", "--silent", "--fail", "--unix-socket", engine.socket.string,
      "http://engine/images/\(first)/json",
    ])
    #expect(description.contains("MODE=draft & more"))
  }

  @Test func demandsCertificatesWhenAskedTo() async throws {
    let folder = try TemporaryFolder()
    let certificates = folder.path.appending("certificates")
    try await TestEngine.with(certificates: certificates) { engine in
      let address = engine.host.replacing("tcp://", with: "https://") + "/_ping"
      func ping(as client: String) async throws -> Command.Result {
        try await Command.run([
          "curl", "--silent", "--show-error", "--cacert", "\(certificates)/ca.pem",
          "--cert", "\(certificates)/\(client)cert.pem",
          "--key", "\(certificates)/\(client)key.pem", address,
        ])
      }
      let own = try await ping(as: "")
      #expect(own.output == "OK")
      let other = try await ping(as: "stranger/")
      #expect(other.status != 0)
    }
  }

  @Test func leavesNothingWhenItsStarterIsKilled() async throws {
    let folder = try TemporaryFolder()
    let engine = folder.path.appending("engine")
    // A starter that is killed cannot clean up: only the end of its pipe is noticed.
    let starter = try RunningCommand([
      "sh", "-c", "sleep 600 | '\(Project.root)/Tests/Servers/engine.sh' '\(engine)'",
    ])
    _ = try await starter.output { $0.hasSuffix("\n") }
    #expect(try await enginesUnder(engine.string) > 0)
    let sleeper = try await Command.check(["pgrep", "-P", "\(starter.pid)", "-x", "sleep"])
    try await Command.check(["kill", "-KILL", sleeper.trimmingCharacters(in: .newlines)])
    _ = try await starter.result()
    #expect(!FileManager.default.fileExists(atPath: engine.string))
    #expect(try await enginesUnder(engine.string) == 0)
  }

  /// How many processes name that folder as their data folder.
  private func enginesUnder(_ folder: String) async throws -> Int {
    try await Command.run(["pgrep", "-f", "--", "--data-root \(folder)/"]).lines.count
  }
}
