import Foundation
import Synchronization
import SystemPackage

/// What a child process has written so far, who waits for more, and how it ended.
final class CommandProgress: Sendable {
  private struct Waiter {
    let condition: @Sendable (Command.Result) -> Bool
    let continuation: CheckedContinuation<Command.Result, Never>
  }

  private struct State {
    var output: [UInt8] = []
    var error: [UInt8] = []
    var status: Int32?
    var openStreams = 2
    var isOverdue = false
    var waiters: [Waiter] = []

    var result: Command.Result {
      Command.Result(status: status ?? -1, outputBytes: output, errorBytes: error)
    }
    var isFinished: Bool { status != nil && openStreams == 0 }
  }

  private let pid: pid_t
  private let state = Mutex(State())

  init(pid: pid_t) { self.pid = pid }

  var isOverdue: Bool { state.withLock { $0.isOverdue } }

  /// Signals the process, or its whole group, unless it has been waited for.
  func kill(_ signal: Int32, group: Bool = true) {
    state.withLock { state in
      // Once waited for, the id may be another process's; the group's stays while it has
      // members, whose outputs are then still open.
      if state.status == nil {
        _ = Glibc.kill(group ? -pid : pid, signal)
      } else if group, state.openStreams > 0 {
        _ = Glibc.kill(-pid, signal)
      }
    }
  }

  /// Waits for the condition or for the end, whichever is first.
  func wait(for condition: @escaping @Sendable (Command.Result) -> Bool) async -> Command.Result {
    await withCheckedContinuation { continuation in
      change { $0.waiters.append(Waiter(condition: condition, continuation: continuation)) }
    }
  }

  private func change(_ body: (inout State) -> Void) {
    let ready = state.withLock { state in
      body(&state)
      let result = state.result
      let isFinished = state.isFinished
      let ready = state.waiters.filter { isFinished || $0.condition(result) }
      state.waiters.removeAll { isFinished || $0.condition(result) }
      return ready.map { ($0.continuation, result) }
    }
    for (continuation, result) in ready { continuation.resume(returning: result) }
  }

  /// Reads both outputs and waits for the end, on threads of their own, which end with the
  /// process.
  func follow(output: FileDescriptor, error: FileDescriptor, timeLimit: Duration) {
    Thread.detachNewThread { [self] in
      read(output) { state, bytes in state.output.append(contentsOf: bytes) }
    }
    Thread.detachNewThread { [self] in
      read(error) { state, bytes in state.error.append(contentsOf: bytes) }
    }
    Thread.detachNewThread { [self] in waitForEnd() }
    DispatchQueue.global().asyncAfter(deadline: .now() + timeLimit / .seconds(1)) { [weak self] in
      self?.endOverdue()
    }
  }

  private func endOverdue() {
    change { if !$0.isFinished { $0.isOverdue = true } }
    if isOverdue { kill(SIGKILL) }
  }

  private func read(_ stream: FileDescriptor, into append: (inout State, ArraySlice<UInt8>) -> Void)
  {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while let count = try? buffer.withUnsafeMutableBytes({ try stream.read(into: $0) }), count > 0 {
      change { append(&$0, buffer[..<count]) }
    }
    try? stream.close()
    change { $0.openStreams -= 1 }
  }

  private func waitForEnd() {
    // Waits without reaping first, so that the id cannot be reused before `status` is set.
    var information = siginfo_t()
    while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
    change { state in
      var status: Int32 = 0
      while waitpid(pid, &status, 0) == -1, errno == EINTR {}
      let signal = status & 0x7F
      state.status = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
  }
}
