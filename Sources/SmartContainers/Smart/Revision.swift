import Canonical
import DockerEngine
import Provenance

/// An image that is made of another image or of a container, and how it differs.
struct Revision: Sendable {
  /// The text of its label `smartcontainer`; asked for once the files are extracted.
  let label: @Sendable () async throws -> String

  /// The archive that is extracted into its root folder, one chunk at a time; nil for none.
  ///
  /// An engine takes 50 ms from the request's head to the archive's first byte: it starts a process
  /// that unpacks. So the request is sent at once, and the archive may be made meanwhile.
  var files: ByteSource?

  /// Its name, author and message.
  var options = CommitOptions()
}

extension Client {
  /// Makes an image of another image or of a container, as one operation.
  ///
  /// An image is changed through a container that never runs and is gone afterwards, however the
  /// operation ends: so nothing in it is needed, no shell and no command. So is a container whose
  /// file system is read-only; into any other the smart folder is extracted.
  ///
  /// - Parameter prepare: says how the image differs, once the operation has an id; the container is
  ///   the one that will be committed.
  /// - Returns: the id of the new image.
  func revise(
    _ object: EngineObject, by operation: CompositeOperation,
    _ prepare: (Intent, _ container: String) async throws -> Revision
  ) async throws -> String {
    let recording = try await CompositeRecording.begin(
      operation, about: [:], on: object.name, recorder)
    let engine = recordedEngine(in: recording, notes: OperationNotes(isTransient: true))
    do {
      let id = try await engine.revise(object, in: recording.intent, prepare)
      await Task { await recording.finish(.succeeded) }.value
      return id
    } catch {
      await Task { await recording.finish(error, streams: []) }.value
      throw error
    }
  }
}

extension EngineClient {
  fileprivate func revise(
    _ object: EngineObject, in intent: Intent,
    _ prepare: (Intent, String) async throws -> Revision
  ) async throws -> String {
    guard object.kind == .container else {
      return try await reviseImage(object, in: intent, prepare)
    }
    guard object.isReadOnly else {
      return try await commit(try await prepare(intent, object.id), from: object.id) {
        ["Labels": [SmartLabel.key: .string($0)]]
      }
    }
    let image = try await commitContainer(object.id)
    return try await reviseImage(
      try await self.object(named: image, kind: .image), in: intent
    ) { intent, _ in
      // What was done with the container is what matters.
      try await prepare(intent, object.id)
    }
  }

  private func reviseImage(
    _ image: EngineObject, in intent: Intent,
    _ prepare: (Intent, String) async throws -> Revision
  ) async throws -> String {
    let name = ContainerFinding.transientName(for: intent.id)
    // Whoever was interrupted while it was being created does not know its id.
    let remove = { @Sendable () in
      try await Task {
        try await removeContainer(name, removesVolumes: true, force: true)
      }.value
    }
    let id: String
    do {
      let container = try await createContainer(image.transientContainer, name: name)
      guard try await inspectContainer(container.id).imageID == image.id else {
        throw EngineError(
          .conflict, "\(image.name) is another image by now",
          operation: RouteTable.containerCreate.operation)
      }
      var revision = try await prepare(intent, container.id)
      revision.options.author = revision.options.author ?? image.json["Author"]?.string
      revision.options.pauses = false
      id = try await commit(revision, from: container.id) { image.configuration(labelled: $0) }
    } catch {
      try? await remove()
      throw error
    }
    // There is an image now, whatever becomes of the container; a part of the record tells.
    try? await remove()
    return id
  }

  /// - Parameter configuration: the image's, by the text of its label.
  private func commit(
    _ revision: Revision, from container: String, configured configuration: (String) -> JSONValue
  ) async throws -> String {
    if let files = revision.files { try await extract(into: container, at: "/", archive: files) }
    var options = revision.options
    options.configuration = configuration(try await revision.label())
    return try await commitContainer(container, options: options)
  }
}

extension EngineObject {
  /// Whether nothing can be extracted into it.
  fileprivate var isReadOnly: Bool { json["HostConfig"]?["ReadonlyRootfs"]?.bool == true }

  /// Whether there is nothing that a container of the image would run: it cannot be created then.
  private var hasNoCommand: Bool {
    ["Cmd", "Entrypoint"].allSatisfy { configuration[$0]?.array?.isEmpty != false }
  }

  /// A container that is never started.
  fileprivate var transientContainer: ContainerSpecification {
    // By its name, which the record then has.
    var specification = ContainerSpecification(image: name)
    if hasNoCommand { specification.entrypoint = ["/nothing"] }
    return specification
  }

  /// The whole configuration: an engine takes from the container only what is not in it. Labels it
  /// takes one by one.
  fileprivate func configuration(labelled label: String) -> JSONValue {
    var members = configuration.object ?? [:]
    members["Labels"] = [SmartLabel.key: .string(label)]
    if hasNoCommand { members["Entrypoint"] = [] }
    return .object(members)
  }
}
