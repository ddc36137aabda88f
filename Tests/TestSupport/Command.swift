import Foundation
import SystemPackage

/// Real child processes for tests.
package enum Command {
  /// What a finished command left.
  package struct Result: Sendable {
    /// The exit status; 128 and the signal's number when a signal ended it, as in a shell.
    package let status: Int32

    /// All that it wrote to standard output.
    package let outputBytes: [UInt8]

    /// All that it wrote to standard error.
    package let errorBytes: [UInt8]

    /// Standard output, with what is no UTF-8 replaced.
    package var output: String { String(decoding: outputBytes, as: UTF8.self) }

    /// Standard error, with what is no UTF-8 replaced.
    package var error: String { String(decoding: errorBytes, as: UTF8.self) }

    /// The lines of standard output.
    package var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// Runs a command to its end; its first word is a path or is looked up in `PATH`.
  ///
  /// - Parameters:
  ///   - environment: The whole environment of the command; nil is this process's own.
  ///   - folder: Where it runs; nil is this process's working directory.
  ///   - timeLimit: After which the command and what it started are killed, and this throws.
  package static func run(
    _ arguments: [String], environment: [String: String]? = nil, input: some Sequence<UInt8> = [],
    in folder: FilePath? = nil, timeLimit: Duration = .seconds(900)
  ) async throws -> Result {
    let running = try RunningCommand(
      arguments, environment: environment, in: folder, timeLimit: timeLimit)
    running.write(input)
    running.closeInput()
    return try await running.result()
  }

  /// Runs a command and gives its standard output; any status but zero throws.
  @discardableResult
  package static func check(
    _ arguments: [String], environment: [String: String]? = nil, input: some Sequence<UInt8> = [],
    in folder: FilePath? = nil, timeLimit: Duration = .seconds(900)
  ) async throws -> String {
    let result = try await run(
      arguments, environment: environment, input: input, in: folder, timeLimit: timeLimit)
    guard result.status == 0 else {
      throw CommandError(
        call: arguments.joined(separator: " "),
        message: "status \(result.status): \(result.error)")
    }
    return result.output
  }
}
