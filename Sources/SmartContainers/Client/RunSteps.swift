import Canonical
import DockerEngine

/// The steps of one run.
struct RunSteps {
  let engine: EngineClient
  let request: RunRequest

  /// The activity that records it.
  let activity: ActivityID
  private var id = ""

  /// The exit code, once the container has ended.
  private(set) var exitCode: Int?

  init(_ request: RunRequest, as activity: ActivityID, on engine: EngineClient) {
    self.activity = activity
    self.engine = engine
    self.request = request
  }

  private var specification: ContainerSpecification { request.specification }
  private var options: RunOptions { request.options }

  mutating func create(
    _ onCreated: @Sendable (CreatedContainer) throws -> Void
  ) async throws -> CreatedContainer {
    let created: CreatedContainer
    do {
      try await engine.provideImage(
        specification.image, platform: options.platform, options.pulling)
      created = try await engine.createContainer(
        specification, name: options.name, platform: options.platform)
      id = created.id
    } catch {
      throw RunFailure(step: .create, cause: error)
    }
    do {
      try onCreated(created)
    } catch {
      await removeIfWanted()
      throw error
    }
    return created
  }

  /// Brings the declared inputs into the container.
  func sendFiles() async throws {
    do {
      try await request.files?.send(to: id, engine)
    } catch {
      await removeIfWanted()
      throw RunFailure(step: .create, cause: SmartContainersError(describing: error))
    }
  }

  /// Starts the container and, unless it goes on in the background, follows it to its end and takes
  /// its outputs.
  ///
  /// A container whose outputs cannot be taken is not removed: it has them still.
  ///
  /// - Throws: `CancellationError` when the user wanted its end.
  mutating func toEnd(_ follower: ContainerFollower) async throws -> RunEnd {
    guard !options.detaches else {
      try await start()
      return RunEnd(containerID: id, activity: activity)
    }
    exitCode = try await follower.follow(start: start)
    var end = RunEnd(containerID: id, activity: activity)
    guard exitCode != nil else { return end }
    end.exitCode = exitCode
    guard !request.isInterrupted() else {
      await removeIfWanted()
      throw CancellationError()
    }
    if let files = request.files {
      (end.outputs, end.missing) = try await files.receive(
        from: id, engine, stagingIn: request.staging, arrival: request.arrival)
    }
    if options.removes { try await engine.removeContainer(id, removesVolumes: true) }
    return end
  }

  private func start() async throws {
    do {
      try await engine.startContainer(id)
    } catch {
      await removeIfWanted()
      throw RunFailure(step: .start, cause: error)
    }
  }

  /// Removes a container that never ran, or of which nothing is taken.
  private func removeIfWanted() async {
    if options.removes { try? await engine.removeContainer(id, removesVolumes: true) }
  }
}
