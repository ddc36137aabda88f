import Git
import Glibc
import History
import Processes
import SystemPackage

/// A program of the user's own that is run at a certain time (githooks(5)).
///
/// It is one of this repository's folder `hooks`, or of where `core.hooksPath` leads: nothing that
/// comes from a remote ever gets there.
struct LocalHook: Sendable {
  private let name: String
  private let path: FilePath
  private let folder: FilePath
  private let environment: [String: String]

  /// Finds a hook; nil where nobody installed it.
  ///
  /// - Parameter home: what `~/` in the setting stands for.
  init?(
    _ name: String, of history: HistoryRepository, home: FilePath?,
    environment: [String: String]
  ) throws(HistoryError) {
    let setting = try history.gitSettings().last { $0.name == "core.hookspath" }?.value ?? "hooks"
    folder = history.path
    let isAtHome = setting.hasPrefix("~/")
    let hooks =
      isAtHome
      ? (home ?? folder).pushing(FilePath(String(setting.dropFirst(2))))
      : folder.pushing(FilePath(setting))
    path = hooks.appending(name)
    guard access(path.string, F_OK) == 0 else { return nil }
    self.name = name
    self.environment = environment.merging(["GIT_DIR": history.path.string]) { $1 }
  }

  /// Runs it to its end; what it writes goes to standard error.
  ///
  /// - Parameter input: what it reads.
  /// - Returns: nil when it ended well, else what is to be said of it.
  func run(_ arguments: [String], input: [UInt8] = []) -> String? {
    guard access(path.string, X_OK) == 0 else {
      return "the hook \(path) is not run: it may not be executed (chmod +x)"
    }
    do {
      let status = try start(arguments, input).wait()
      return status == 0 ? nil : "the hook \(name) ended with status \(status)"
    } catch {
      return "the hook \(path) cannot be run: \(error)"
    }
  }

  private func start(_ arguments: [String], _ input: [UInt8]) throws -> SpawnedProcess {
    let scratch = try ScratchFile()
    defer { withExtendedLifetime(scratch) {} }
    _ = try scratch.file.writeAll(input)
    try scratch.file.seek(offset: 0, from: .start)
    // Git runs a hook of a bare repository in the repository.
    let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder.string, path.string]
    return try SpawnedProcess(
      shell + arguments, environment: environment, input: scratch.file, output: .standardError)
  }
}
