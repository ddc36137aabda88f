import SystemPackage
import TestSupport

/// What tests of remotes have in common.
protocol SharingTesting {}

extension SharingTesting {
  /// A history with one commit.
  func bench(_ name: String = "Ada") async throws -> Workbench {
    let bench = try await Workbench()
    try await bench.check("config", "set", "agent.name", name)
    return bench
  }

  /// A remote that has nothing yet, and is the only one of a history.
  func makeRemote(in bench: Workbench, branch: String = "main") async throws -> FilePath {
    let remote = bench.folder.path.appending("x.git")
    try await Command.check(["git", "init", "-q", "--bare", "-b", branch, remote.string])
    try await bench.check("remote", "add", "origin", remote.string)
    return remote
  }

  func tip(of repository: FilePath) async throws -> String {
    try await Command.check(["git", "--git-dir", repository.string, "rev-parse", "main"])
  }
}
