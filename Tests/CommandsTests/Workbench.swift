import Canonical
import Foundation
import SystemPackage
import TestSupport

/// A user with an own home, a history in an own folder, and the real `sc`.
final class Workbench: Sendable {
  let folder: TemporaryFolder
  let environment: [String: String]
  private let executable: FilePath

  /// - Parameters:
  ///   - engine: the engine of `DOCKER_HOST`; nil for one that is not there.
  ///   - variables: what the environment has besides.
  init(engine: TestEngine? = nil, variables: [String: String] = [:]) async throws {
    folder = try TemporaryFolder()
    executable = try Project.executable("sc")
    let home = folder.path.appending("home")
    try FileManager.default.createDirectory(
      atPath: home.string, withIntermediateDirectories: true)
    // A user who was asked who that is, and passed.
    try folder.write("{}", to: "home/.sc/config.json")
    environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": home.string, "DOCKER_HOST": "unix:///nonexistent/docker.sock", "TERM": "xterm",
    ].merging(engine?.variables ?? [:]) { $1 }.merging(variables) { $1 }
    try await check("init", "--quiet")
  }

  var history: FilePath { folder.path.appending(".sc") }

  /// Runs `sc` to its end.
  func sc(
    _ arguments: String..., variables: [String: String] = [:], input: String = ""
  ) async throws -> Command.Result {
    try await run([executable.string] + arguments, variables: variables, input: input)
  }

  /// Runs `sc`, which must succeed, and returns its standard output.
  @discardableResult
  func check(_ arguments: String...) async throws -> String {
    try await Command.check(
      [executable.string] + arguments, environment: environment, in: folder.path)
  }

  /// Starts `sc`.
  func start(_ arguments: String...) throws -> RunningCommand {
    try RunningCommand(
      [executable.string] + arguments, environment: environment, in: folder.path)
  }

  /// Runs a line of the shell, with `sc` in its path.
  func shell(_ line: String) async throws -> Command.Result {
    let path = executable.removingLastComponent().string + ":" + (environment["PATH"] ?? "")
    return try await run(["bash", "-c", line], variables: ["PATH": path])
  }

  /// Runs a line of the shell on a terminal, which joins both outputs.
  func terminal(
    _ line: String, variables: [String: String] = [:]
  ) async throws -> Command.Result {
    let path = executable.removingLastComponent().string + ":" + (environment["PATH"] ?? "")
    return try await run(
      ["script", "--quiet", "--return", "--command", line, "/dev/null"],
      variables: variables.merging(["PATH": path]) { $1 })
  }

  func run(
    _ arguments: [String], variables: [String: String] = [:], input: String = ""
  ) async throws -> Command.Result {
    try await Command.run(
      arguments, environment: environment.merging(variables) { $1 }, input: input.utf8,
      in: folder.path)
  }

  /// The output of `sc`, read as JSON.
  func json(_ arguments: String...) async throws -> JSONValue {
    let text = try await Command.check(
      [executable.string] + arguments, environment: environment, in: folder.path)
    return try JSONValue(parsing: Array(text.utf8))
  }

  /// What plain git says of the history's soundness; empty when it is sound.
  func fsck() async throws -> String {
    let result = try await run(["git", "--git-dir", history.string, "fsck", "--strict"])
    return result.status == 0 ? result.output : "status \(result.status): \(result.error)"
  }

  /// A name that no other test has.
  static func name(_ stem: String) -> String { "\(stem)-\(UInt32.random(in: 0...UInt32.max))" }
}
