import Archive
import Canonical
import DockerEngine
import Provenance

/// An image that is made of another image or of a container, and how it differs.
struct Revision: Sendable {
  /// The text of its label `smartcontainer`.
  var label: String

  /// The smart folder, to be extracted into its root folder; nil for none.
  var files: (@Sendable () -> TarStream)?

  /// Whether there must be nothing where the smart folder is to be.
  var requiresNoFolder = false

  /// Its name, author and message.
  var options = CommitOptions()
}

extension Client {
  /// Makes an image of another image or of a container, as one operation.
  ///
  /// An image is changed through a container that never runs and is gone afterwards, however the
  /// operation ends: so nothing in it is needed, no shell and no command.
  ///
  /// - Parameter prepare: says how the image differs, once the operation has an id.
  /// - Returns: the id of the new image.
  func revise(
    _ object: EngineObject, by operation: CompositeOperation,
    _ prepare: (Intent) async throws -> Revision
  ) async throws -> String {
    let recording = try await CompositeRecording.begin(
      operation, about: [:], on: object.name, recorder)
    let engine = recordedEngine(in: recording, notes: OperationNotes(isTransient: true))
    do {
      var revision = try await prepare(recording.intent)
      let id: String
      switch object.kind {
      case .container:
        revision.options.configuration = ["Labels": [SmartLabel.key: .string(revision.label)]]
        id = try await engine.commit(revision, from: object.id, of: object.name)
      case .image: id = try await engine.revise(object, into: revision, in: recording.intent.id)
      }
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
    _ image: EngineObject, into revision: Revision, in activity: ActivityID
  ) async throws -> String {
    var revision = revision
    revision.options.author = revision.options.author ?? image.json["Author"]?.string
    revision.options.configuration = image.configuration(labelled: revision.label)
    revision.options.pauses = false
    let name = ContainerFinding.transientName(for: activity)
    // Whoever was interrupted while it was being created does not know its id.
    let remove = { @Sendable (container: String) in
      try await Task {
        try await removeContainer(container, removesVolumes: true, force: true)
      }.value
    }
    let id: String
    do {
      let container = try await createContainer(image.transientContainer, name: name)
      id = try await commit(revision, from: container.id, of: image.name)
    } catch {
      try? await remove(name)
      throw error
    }
    // There is an image now, whatever becomes of the container; a part of the record tells.
    try? await remove(name)
    return id
  }

  fileprivate func commit(
    _ revision: Revision, from container: String, of name: String
  ) async throws -> String {
    if revision.requiresNoFolder, try await hasSmartFolder(in: container) {
      throw SmartContainersError.foreignFolder(in: name)
    }
    if let files = revision.files?() {
      try await extract(into: container, at: "/") { try await files.next() }
    }
    return try await commitContainer(container, options: revision.options)
  }
}

extension EngineObject {
  /// Whether there is nothing that a container of the image would run: it cannot be created then.
  private var hasNoCommand: Bool {
    ["Cmd", "Entrypoint"].allSatisfy { configuration[$0]?.array?.isEmpty != false }
  }

  /// A container that is never started.
  fileprivate var transientContainer: ContainerSpecification {
    var specification = ContainerSpecification(image: id)
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
