import Foundation

/// The docker clients that are here: distributions put them in the one place, Docker's own packages
/// or hand in the other.
package enum DockerClients {
  package static let installed = ["/usr/bin/docker", "/usr/local/bin/docker"]
    .filter { FileManager.default.isExecutableFile(atPath: $0) }

  private static let reading = Task {
    for client in installed.reversed() where await isModern(client) { return Optional(client) }
    return nil
  }

  /// A client whose build contexts are like ours; nil when there is none.
  ///
  /// 20.10 reads ignore files its own way where an exception stands below a folder that is left out,
  /// and writes the kind of a file into its mode.
  package static func modern() async -> String? { await reading.value }

  private static func isModern(_ client: String) async -> Bool {
    let words = try? await Command.check([client, "--version"]).firstMatch(of: /version (\d+)\./)
    return (words.flatMap { Int($0.1) } ?? 0) >= 23
  }
}
