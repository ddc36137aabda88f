import SystemPackage
import TestSupport

/// What stands before a server and stops in the middle: `Tests/Servers/silent.py`.
struct Breaking {
  private let process: RunningCommand
  private let server: TestGitServer
  private let upstream: String
  private let place: String

  init(_ kind: String, after count: Int, _ server: TestGitServer) async throws {
    self.server = server
    upstream = String(server.address.dropFirst("http://".count))
    process = try RunningCommand(
      [
        "/usr/bin/python3", Project.root.pushing("Tests/Servers/silent.py").string, kind,
        "\(count)", upstream,
      ])
    place = try await process.output { $0.hasSuffix("\n") }
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The address of a repository of the server behind it.
  func url(of name: String) -> String {
    server.url(of: name).replacingOccurrences(of: upstream, with: place)
  }

  /// Waits until it has stopped.
  func stopped() async throws {
    _ = try await process.output { $0.hasSuffix("stopped\n") }
  }

  func end() async throws {
    process.closeInput()
    _ = try await process.result()
  }
}
