import Canonical
import DockerEngine
import HTTP
import Provenance
import Synchronization

extension Client {
  /// Creates a container, runs it to its end and records all of it as one activity.
  ///
  /// - Parameters:
  ///   - signals: names of signals to forward to the container, `INT`, while it runs.
  ///   - onCreated: called with the container's id and the engine's warnings.
  ///   - onOutput: called with each piece of output as it comes; the container waits for it.
  /// - Throws: `RunFailure` when the container could not be created or started.
  public func run(
    _ specification: ContainerSpecification, options: RunOptions = RunOptions(),
    signals: AsyncStream<String> = AsyncStream { $0.finish() },
    onCreated: @Sendable (CreatedContainer) throws -> Void = { _ in },
    onOutput: @escaping @Sendable (OutputChunk) async throws -> Void
  ) async throws -> RunResult {
    let recording = try await CompositeRecording.begin(
      "run", about: specification.json, recorder)
    let engine = recordedEngine(in: recording)
    var run = Run(
      engine: engine, specification: specification, options: options, signals: signals,
      onOutput: onOutput)
    do {
      let created = try await run.create()
      try onCreated(created)
      let exitCode = try await run.toEnd()
      await finish(recording, exitCode: exitCode, outputs: run.outputs)
      return RunResult(containerID: created.id, exitCode: exitCode)
    } catch {
      let cause = (error as? RunFailure)?.cause ?? error
      await Task { [outputs = run.outputs] in
        await recording.finish(cause, outputs: outputs)
      }.value
      throw error
    }
  }

  private func finish(
    _ recording: CompositeRecording, exitCode: Int?, outputs: [Content]
  ) async {
    let outcome: Outcome =
      switch exitCode {
      case nil, 0: .succeeded
      case let code?: .failed(message: "the container ended with exit code \(code)")
      }
    await Task {
      await recording.finish(outcome, exitCode: exitCode, outputs: outputs)
    }.value
  }
}

/// The steps of one run.
private struct Run {
  let engine: EngineClient
  let specification: ContainerSpecification
  let options: RunOptions
  let signals: AsyncStream<String>
  let onOutput: @Sendable (OutputChunk) async throws -> Void
  private var id = ""
  private let digests = OutputDigests()

  init(
    engine: EngineClient, specification: ContainerSpecification, options: RunOptions,
    signals: AsyncStream<String>, onOutput: @escaping @Sendable (OutputChunk) async throws -> Void
  ) {
    self.engine = engine
    self.specification = specification
    self.options = options
    self.signals = signals
    self.onOutput = onOutput
  }

  /// What the container wrote so far.
  var outputs: [Content] { digests.contents }

  mutating func create() async throws -> CreatedContainer {
    do {
      let created = try await engine.createContainer(
        specification, name: options.name, platform: options.platform)
      id = created.id
      return created
    } catch {
      throw RunFailure(step: .create, cause: error)
    }
  }

  /// Starts the container and, unless it goes on in the background, follows it to its end.
  func toEnd() async throws -> Int? {
    guard !options.detaches else {
      try await start()
      return nil
    }
    let exitCode = try await follow()
    if options.removes { try await engine.removeContainer(id, removesVolumes: true) }
    return exitCode
  }

  private func start() async throws {
    do {
      try await engine.startContainer(id)
    } catch {
      if options.removes { try? await engine.removeContainer(id, removesVolumes: true) }
      throw RunFailure(step: .start, cause: error)
    }
  }

  private func follow() async throws -> Int {
    let readiness = Readiness(count: 2)
    return try await withThrowingTaskGroup(of: Int?.self) { group in
      group.addTask { [engine, id] in
        try await readiness.guarding {
          try await engine.waitForContainer(id, until: .nextExit) { readiness.signal() }
        }
      }
      group.addTask { try await readiness.guarding { try await passOutput(readiness) } }
      group.addTask { [engine, id, signals] in
        for await signal in signals { try? await engine.killContainer(id, signal: signal) }
        return nil
      }
      if await readiness.wait() { try await start() }
      return try await Self.exitCode(from: &group)
    }
  }

  private func passOutput(_ readiness: Readiness) async throws -> Int? {
    try await engine.attachOutput(
      of: id, isFramed: !specification.hasTerminal, onAttached: { readiness.signal() }
    ) { frames in
      for try await chunk in frames {
        digests.take(chunk)
        try await onOutput(chunk)
      }
    }
    return nil
  }

  /// Waits for the exit code and for the end of the output, whichever comes last.
  private static func exitCode(
    from group: inout ThrowingTaskGroup<Int?, any Error>
  ) async throws -> Int {
    var exitCode: Int?
    var finished = 0
    while let result = try await group.next() {
      exitCode = result ?? exitCode
      finished += 1
      // The third task listens for signals as long as it is let.
      if exitCode != nil, finished >= 2 { break }
    }
    group.cancelAll()
    return exitCode ?? 0
  }
}

/// Digests what a container writes, each stream for itself.
private final class OutputDigests: Sendable {
  private let hashers = Mutex<[OutputChunk.Stream: SHA256Hasher]>([:])

  func take(_ chunk: OutputChunk) {
    hashers.withLock { $0[chunk.stream, default: SHA256Hasher()].update(chunk.bytes) }
  }

  var contents: [Content] {
    hashers.withLock { hashers in
      [(.standardOutput, Content.Kind.standardOutput), (.standardError, .standardError)]
        .compactMap { stream, kind in
          hashers[stream].map {
            Content(kind, digest: $0.finalize(), byteCount: $0.byteCount)
          }
        }
    }
  }
}

/// Waits until several things have begun, or one of them has failed to.
private final class Readiness: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation
  private let remaining: Mutex<Int>

  init(count: Int) {
    (stream, continuation) = AsyncStream<Void>.makeStream()
    remaining = Mutex(count)
  }

  /// One of them has begun.
  func signal() {
    let isLast = remaining.withLock { remaining in
      remaining -= 1
      return remaining == 0
    }
    if isLast { continuation.finish() }
  }

  /// Runs one of them; nobody waits any longer when it fails.
  func guarding<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch {
      continuation.finish()
      throw error
    }
  }

  /// Returns whether all have begun.
  func wait() async -> Bool {
    for await _ in stream {}
    return remaining.withLock { $0 == 0 }
  }
}
