import Foundation
import Synchronization
import SystemPackage

/// A child process that can be written to, watched and signalled while it runs.
///
/// It leads a process group of its own. When it takes longer than its time limit, or when
/// nothing refers to this any longer, the group is killed.
package final class RunningCommand: Sendable {
  /// The process's id, which is also its group's.
  package let pid: pid_t

  private let name: String
  private let input: Mutex<FileDescriptor?>
  private let writing = DispatchQueue(label: "input of a command")
  private let progress: CommandProgress

  /// Starts a command; its first word is a path or is looked up in `PATH`.
  package init(
    _ arguments: [String], environment: [String: String]? = nil, in folder: FilePath? = nil,
    timeLimit: Duration = .seconds(900)
  ) throws {
    name = arguments.first ?? ""
    let child = try spawn(
      arguments, environment: environment ?? ProcessInfo.processInfo.environment, in: folder)
    pid = child.pid
    input = Mutex(child.input)
    progress = CommandProgress(pid: pid)
    progress.follow(output: child.output, error: child.error, timeLimit: timeLimit)
  }

  deinit {
    progress.kill(SIGKILL)
    let input = input.withLock { $0 }
    writing.async { try? input?.close() }
  }

  /// Writes to the command's standard input; returns at once, and keeps the order of writes.
  package func write(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    guard !bytes.isEmpty, let input = input.withLock({ $0 }) else { return }
    // A command that has gone reads no more: its status and error output say why.
    writing.async { _ = try? input.writeAll(bytes) }
  }

  /// Ends the command's standard input, after what was written.
  package func closeInput() {
    let input = input.withLock { input in
      defer { input = nil }
      return input
    }
    writing.async { try? input?.close() }
  }

  /// Sends a signal to the command, as `kill` does.
  package func signal(_ signal: Int32) {
    progress.kill(signal, group: false)
  }

  /// Sends a signal to the command and all that it started, as a terminal does for Ctrl-C.
  package func interrupt(_ signal: Int32 = SIGINT) {
    progress.kill(signal)
  }

  /// Waits until standard output so far fulfils a condition, and gives that output.
  ///
  /// - Throws: When the command ends before that.
  package func output(where condition: @escaping @Sendable (String) -> Bool) async throws -> String
  {
    let seen = await progress.wait { condition($0.output) }
    guard condition(seen.output) else {
      throw CommandError(call: name, message: "ended after \"\(seen.output)\": \(seen.error)")
    }
    return seen.output
  }

  /// Waits until standard error so far fulfils a condition, and gives that output.
  ///
  /// - Throws: When the command ends before that.
  package func error(where condition: @escaping @Sendable (String) -> Bool) async throws -> String {
    let seen = await progress.wait { condition($0.error) }
    guard condition(seen.error) else {
      throw CommandError(call: name, message: "ended after \"\(seen.error)\"")
    }
    return seen.error
  }

  /// Waits for the command's end and the end of its outputs.
  ///
  /// - Throws: When it was killed because it took longer than its time limit.
  package func result() async throws -> Command.Result {
    let seen = await progress.wait { _ in false }
    guard !progress.isOverdue else {
      throw CommandError(
        call: name, message: "killed at its time limit, after \"\(seen.output)\": \(seen.error)")
    }
    return seen
  }
}
