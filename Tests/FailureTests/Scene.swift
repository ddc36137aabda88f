import Foundation
import SystemPackage
import TestSupport
import Testing

/// A user's folder with a home, and `sc` to run in it against a real engine.
final class Scene: Sendable {
  let folder: TemporaryFolder
  let engine: TestEngine
  let image: String
  private let executable: FilePath

  private static let sharedImage = Task { try await TestEngine.shared().image() }

  /// Whether mounts can be made and other users be had.
  static let isRoot = geteuid() == 0

  init() async throws {
    folder = try TemporaryFolder()
    engine = try await TestEngine.shared()
    image = try await Self.sharedImage.value
    executable = try Project.executable("sc")
    for name in ["home", "work"] {
      try FileManager.default.createDirectory(
        atPath: folder.path.appending(name).string, withIntermediateDirectories: true)
    }
  }

  var work: FilePath { folder.path.appending("work") }
  var history: FilePath { work.appending(".sc") }
  var journal: FilePath { history.pushing("sc/journal") }

  /// Runs `sc`.
  ///
  /// - Parameters:
  ///   - host: the engine's address; the real one's without it.
  ///   - environment: variables in place of or beside the usual ones.
  func sc(
    _ arguments: String..., host: String? = nil, in place: FilePath? = nil,
    environment: [String: String] = [:]
  ) async throws -> Command.Result {
    try await Command.run(
      [executable.string] + arguments, environment: variables(host, environment),
      in: place ?? work)
  }

  /// Runs a line of shell in which `"$SC"` is `sc`.
  func shell(_ line: String, in place: FilePath? = nil) async throws -> Command.Result {
    try await Command.run(
      ["/bin/sh", "-c", line], environment: variables(nil, ["SC": executable.string]),
      in: place ?? work)
  }

  /// Starts `sc` and leaves it running.
  func start(_ arguments: String..., host: String) throws -> RunningCommand {
    try RunningCommand(
      [executable.string] + arguments, environment: variables(host, [:]), in: work)
  }

  private func variables(_ host: String?, _ more: [String: String]) -> [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": folder.path.appending("home").string, "DOCKER_HOST": host ?? engine.host,
    ].merging(more) { $1 }
  }

  /// Makes a history with that many operations.
  func makeHistory(operations: Int = 0) async throws {
    try #require(try await sc("init", "-q").status == 0)
    for _ in 0..<operations {
      try #require(try await sc("container", "create", "--name", Self.name(), image).status == 0)
    }
  }

  /// A name that no other container has.
  static func name() -> String { "failure-\(UInt32.random(in: 0 ... .max))" }

  func hasContainer(_ name: String) async throws -> Bool {
    try await Command.run([
      "curl", "--silent", "--fail", "--unix-socket", engine.socket.string,
      "http://engine/containers/\(name)/json",
    ]).status == 0
  }

  @discardableResult
  func git(_ arguments: String...) async throws -> String {
    try await Command.check(["git", "--git-dir=\(history)"] + arguments)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The subjects of the history, newest first.
  func subjects() async throws -> [String] {
    try await git("log", "--format=%s").split(separator: "\n").map(String.init)
  }

  /// The entries of the journal that are not committed.
  func pending() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: journal.string)
      .filter { $0.hasSuffix(".jsonl") }
  }

  /// Expects that git finds nothing wrong.
  func expectSound(_ location: SourceLocation = #_sourceLocation) async throws {
    let report = try await Command.run([
      "git", "--git-dir=\(history)", "fsck", "--strict", "--no-dangling", "--no-progress",
    ])
    #expect(report.status == 0, "\(report.error)", sourceLocation: location)
  }

  /// A digest of all that git keeps of the history.
  func fingerprint() async throws -> String {
    try await Command.check([
      "/bin/sh", "-c",
      "cd '\(history)' && find HEAD config objects refs -type f -exec sha256sum {} + | sort",
    ])
  }
}
