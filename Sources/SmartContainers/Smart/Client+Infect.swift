import Canonical
import DockerEngine
import JSONLD
import Provenance

/// What became of an image or a container that was to be made smart.
public struct Infection: Sendable, Equatable {
  /// The smart image's id, `sha256:…`.
  public let imageID: String

  /// Whether it was made; one that was smart before is left as it is.
  public let isNew: Bool
}

extension Client {
  /// Makes a smart image of an image or a container.
  ///
  /// It says in its label how it came to be, and holds the history so far and the ways into its
  /// containers in `/SmartContainer`. Its configuration is that of the old one. Nothing in it is
  /// run.
  ///
  /// - Parameters:
  ///   - options: the new image's name, author and message.
  ///   - renews: whether an image that is smart gets another statement: one that was built from a
  ///     smart one has that one's.
  /// - Throws: `EngineError`; `SmartContainersError` when something else is in `/SmartContainer`.
  ///   Then there is no new image, and no container that was not there.
  public func infect(
    _ object: EngineObject, options: CommitOptions = CommitOptions(), renews: Bool = false
  ) async throws -> Infection {
    let label = try SmartLabel(of: object)
    if object.kind == .image, label?.isSmart == true, !renews {
      if let repository = options.repository {
        try await engine.tagImage(
          object.id, repository: repository, tag: options.tag ?? "latest")
      }
      return Infection(imageID: object.id, isNew: false)
    }
    return Infection(
      imageID: try await makeSmart(object, by: .infect, options, label), isNew: true)
  }

  /// Makes an image of a container; of a smart container a smart image, whose history goes on.
  ///
  /// - Parameter infects: whether the image is to be smart though the container is not.
  /// - Returns: the image's id, `sha256:…`.
  public func commitContainer(
    _ id: String, options: CommitOptions = CommitOptions(), infects: Bool = false
  ) async throws -> String {
    guard let inspection = await recorder.observer.foreseen(container: id) else {
      // What is wrong the engine says, and the record.
      if infects { _ = try await engine.inspectContainer(id) }
      return try await engine.commitContainer(id, options: options)
    }
    let object = EngineObject(inspection)
    let label = try? SmartLabel(of: object)
    guard label?.isSmart == true else {
      guard infects else { return try await engine.commitContainer(id, options: options) }
      return try await infect(object, options: options).imageID
    }
    return try await makeSmart(object, by: .commit, options, label)
  }

  /// - Parameter label: what it is labelled with.
  private func makeSmart(
    _ object: EngineObject, by operation: CompositeOperation, _ options: CommitOptions,
    _ label: SmartLabel?
  ) async throws -> String {
    try await revise(object, by: operation) { intent, container in
      let history = try await history(in: container, of: object.name)
      let folder = Task { try await smartFolder(for: object, intent, after: history) }
      let archive = Task { try await folder.value.archive(at: intent.startedAt) }
      let text = Task {
        let statement = try await statement(on: object, intent, try await folder.value)
        return SmartLabel.text(
          statement: try JSONParser().parse(statement.bytes()), replacingThatOf: label)
      }
      return Revision(
        label: { try await text.value }, files: { try await archive.value.next() },
        options: options)
    }
  }

  /// The history that stands in a container, whatever its label says: that cannot be changed.
  ///
  /// - Parameter name: what the container, or its image, is called.
  private func history(in container: String, of name: String) async throws -> SmartHistory {
    let engine = recorder.observer.engine
    guard try await engine.hasSmartFolder(in: container) else { return SmartHistory() }
    do {
      return try await engine.smartHistory(in: container)
    } catch let error as EngineError where error.code == .notFound {
      throw SmartContainersError.foreignFolder(in: name)
    }
  }

  private func smartFolder(
    for object: EngineObject, _ intent: Intent, after history: SmartHistory
  ) async throws -> SmartFolder {
    let documents = try await recorder.history.with { history in
      try history.ancestry(of: object, upTo: SmartHistory.byteLimit / 4)
    }
    var history = history
    try history.append(documents)
    // What is told is the image that is being made, which has no digest yet. Declarations of
    // strangers that make no sense are none.
    var entries = EntryPoints(
      of: object, on: engine, host: engineAddress,
      declared: (try? EntryDeclarations(labels: object.labels)) ?? EntryDeclarations(),
      archives: [:])
    entries.isAbout(imageMadeBy: intent.id, of: object)
    return SmartFolder(history: history.bytes, entries: try entries.linkedData(.jsonLD))
  }

  private func statement(
    on object: EngineObject, _ intent: Intent, _ folder: SmartFolder
  ) async throws -> JSONValue {
    let agent = await recorder.observer.agent()
    let source: Entity? =
      switch object.kind {
      case .container: .container(Container(id: object.id, name: object.name, engine: agent?.id))
      case .image:
        ImageFinding(ImageInspection(json: object.json)).entity(name: object.name).map {
          .image($0)
        }
      }
    guard let source else {
      throw SmartContainersError(.failed, "image \(object.name) has an id that is no digest")
    }
    return SmartImage(
      activity: intent.id, operation: intent.operation, startedAt: intent.startedAt,
      participants: intent.participants.with(agent), source: source,
      history: folder.historyFile, entries: folder.entriesFile
    ).json
  }
}
