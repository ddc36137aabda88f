import DockerEngine
import HTTP

/// Follows a container to its end: passes its streams on, and the user's signals and terminal.
struct ContainerFollower {
  let engine: EngineClient
  let id: String
  var options = AttachOptions()
  var interaction = Interaction()
  var input: ProcessInput?
  let output: RunOutput
  let signals: AsyncStream<String>

  /// Whether it runs already: else `follow` starts it.
  var isRunning = false

  /// How one of the tasks that follow a container ended.
  private enum Ending {
    case ofContainer(exitCode: Int)
    case ofOutput
    case ofUser
  }

  /// Follows it to its end.
  ///
  /// - Parameter start: called when nothing can be missed any longer.
  /// - Returns: the exit code; nil when the user left it by the detach keys.
  func follow(start: () async throws -> Void) async throws -> Int? {
    let readiness = Readiness(count: 2)
    let running = Readiness(count: 1)
    do {
      return try await withThrowingTaskGroup(of: Ending.self) { group in
        group.addTask { try await readiness.guarding { try await wait(readiness) } }
        group.addTask {
          try await readiness.guarding { try await passStreams(readiness, running) }
        }
        group.addTask {
          // An engine refuses a signal to a container that does not run yet; the stream keeps it.
          guard await running.wait() else { return .ofUser }
          for await signal in signals {
            // The container may end before this is answered: no reason to break it off.
            await Task { _ = try? await engine.killContainer(id, signal: signal) }.value
          }
          return .ofUser
        }
        group.addTask {
          if await running.wait() { await passSizes() }
          return .ofUser
        }
        // An engine that prepares a container for those who attach fails there first: the start
        // says why, and is what the record tells.
        let isReady = await readiness.wait()
        if isReady || engine.dialect.has(.preparesForAttach) {
          try await start()
          running.signal()
        }
        return try await Self.exitCode(from: &group)
      }
    } catch is Detachment {
      return nil
    }
  }

  private func wait(_ readiness: Readiness) async throws -> Ending {
    let condition: EngineClient.WaitCondition = isRunning ? .notRunning : .nextExit
    return .ofContainer(
      exitCode: try await engine.waitForContainer(id, until: condition) { readiness.signal() })
  }

  private func passStreams(
    _ readiness: Readiness, _ running: Readiness
  ) async throws -> Ending {
    // Who leaves at once leaves a container that runs.
    let next = input.map { input in
      { @Sendable in await running.wait() ? try await input.next() : nil }
    }
    try await engine.attach(to: id, options, input: next, onAttached: { readiness.signal() }) {
      frames in
      for try await chunk in frames { try await output.take(chunk) }
    }
    return .ofOutput
  }

  private func passSizes() async {
    var isFirst = isRunning
    await interaction.passSizes { size in
      // A program draws its screen anew when the size changes, for whoever comes to it later.
      if isFirst {
        let other = TerminalSize(columns: size.columns + 1, rows: size.rows + 1)
        try await engine.resizeTerminal(of: id, to: other)
      }
      isFirst = false
      try await engine.resizeTerminal(of: id, to: size)
    }
  }

  /// Waits for the exit code and for the end of the output, whichever comes last; what the user
  /// does is passed on as long as there is something to pass it to.
  private static func exitCode(
    from group: inout ThrowingTaskGroup<Ending, any Error>
  ) async throws -> Int {
    var exitCode: Int?
    var hasOutputEnded = false
    while exitCode == nil || !hasOutputEnded, let ending = try await group.next() {
      switch ending {
      case .ofContainer(let code): exitCode = code
      case .ofOutput: hasOutputEnded = true
      case .ofUser: break
      }
    }
    group.cancelAll()
    return exitCode ?? 0
  }
}
