import Foundation
import SystemPackage

/// A private image registry beside the shared engine, which asks everybody for a password.
///
/// `Tests/Servers/registry.sh` runs it until its standard input, a pipe from here, is closed. It
/// is reached through the engine only: it listens in the engine's own network.
package final class TestRegistry: Sendable {
  /// Its name in image names: `127.0.0.1:PORT`.
  package let address: String

  /// The only user.
  package let user = "ada"

  /// The user's password, which no other text contains.
  package let password: String

  private let process: RunningCommand

  private init(_ engine: TestEngine) async throws {
    password = "pw:Zq7\(UInt64.random(in: .min ... .max))/x"
    let folder = try TemporaryFolder.make()
    let network = engine.socket.removingLastComponent().appending("network")
    process = try RunningCommand(
      [
        Project.root.pushing("Tests/Servers/registry.sh").string, folder.string, network.string,
        user,
      ], timeLimit: .seconds(24 * 3600))
    process.write("\(password)\n".utf8)
    address = try await process.output { $0.hasSuffix("\n") }
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static let starting = Task { try await TestRegistry(TestEngine.shared()) }

  /// The registry that the tests of this process share; the first call starts it.
  package static func shared() async throws -> TestRegistry {
    try await starting.value
  }

  /// Runs a test with a registry beside an engine of its own.
  package static func with<Value>(
    _ engine: TestEngine, _ body: (TestRegistry) async throws -> Value
  ) async throws -> Value {
    let registry = try await TestRegistry(engine)
    do {
      let value = try await body(registry)
      try await registry.stop()
      return value
    } catch {
      try await registry.stop()
      throw error
    }
  }

  private func stop() async throws {
    process.closeInput()
    let result = try await process.result()
    guard result.status == 0 else {
      throw CommandError(call: "registry.sh", message: "status \(result.status): \(result.error)")
    }
  }

  /// A repository that no other test has: `127.0.0.1:PORT/STEM-NUMBER`.
  package func repository(_ stem: String) -> String {
    "\(address)/\(stem)-\(UInt32.random(in: 0...UInt32.max))"
  }

  /// Whether tests with a registry run.
  ///
  /// Where `CI` is set they always run, and fail where a registry cannot be started.
  package static let isAvailable =
    TestEngine.isAvailable
    && (["docker-registry", "htpasswd"].allSatisfy(isInstalled)
      || ProcessInfo.processInfo.environment["CI"] != nil)

  private static func isInstalled(_ tool: String) -> Bool {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return (places.map(String.init) + ["/usr/bin"]).contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)")
    }
  }
}
