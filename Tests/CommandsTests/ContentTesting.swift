import Foundation
import SystemPackage
import TestSupport

/// Tests of large content: machines, what they share, and bytes.
protocol ContentTesting: SharingTesting {}

extension ContentTesting {
  /// An empty bare repository, and the folder that it goes with.
  func remote() async throws -> (folder: TemporaryFolder, path: FilePath) {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("lab.git")
    try await Command.check(
      ["git", "init", "-q", "--bare", "--shared=group", "-b", "main", path.string])
    return (folder, path)
  }

  /// A history that was pushed to a remote and has what is there, and a clone of it.
  func pair(
    _ remote: FilePath, _ url: String? = nil
  ) async throws -> (ada: Workbench, bob: Workbench) {
    let ada = try await bench()
    try await ada.check("remote", "add", "origin", remote.string)
    let bob = try await Workbench()
    try await bob.check("remote", "add", "origin", remote.string)
    for bench in [ada, bob] {
      if let url { try await bench.configure("lfs.url", url) }
    }
    return (ada, bob)
  }

  func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<(count + 7) / 8).flatMap { _ in
      withUnsafeBytes(of: generator.next() as UInt64) { Array($0) }
    }.prefix(count).map { $0 }
  }

  /// Nil where nothing was pushed.
  func tipIfAny(of repository: FilePath) async throws -> String? {
    let result = try await Command.run(
      ["git", "--git-dir", repository.string, "rev-parse", "--verify", "-q", "main"])
    return result.status == 0 ? result.output : nil
  }
}
