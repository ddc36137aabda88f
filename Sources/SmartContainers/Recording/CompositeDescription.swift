import Canonical
import History
import Provenance

extension Recorder {
  /// The record of a composite operation.
  func record(
    _ intent: Intent, _ result: OperationResult, parts: [CompositePart]
  ) async -> OperationRecord {
    let (activity, description) = Self.describe(
      intent, result, parts: parts, by: await observer.agent())
    return operationRecord(of: activity, description)
  }

  /// Puts a composite into words, as `OperationDescription` does one operation: a pure function.
  static func describe(
    _ intent: Intent, _ result: OperationResult, parts: [CompositePart], by agent: EngineAgent?
  ) -> (activity: Activity, description: OperationDescription) {
    let described = parts.map { OperationDescription($0.intent, $0.result, engine: agent?.id) }
    var description = OperationDescription(intent, result, engine: agent?.id)
    description.container = described.lazy.compactMap(\.container).last { container in
      !ContainerFinding.isTransient(name: container.name)
    }
    description.imageID = described.lazy.compactMap(\.imageID).first
    let made = zip(parts, described).reversed().first { part, _ in
      part.intent.operation == "container.commit"
    }
    for content in result.streams {
      switch content.kind {
      case .standardInput: description.use(.content(content), as: .standardInput)
      case .standardError: description.generate(.content(content), as: .standardError)
      default: description.generate(.content(content), as: .standardOutput)
      }
    }
    description.addFiles(intent, result)
    let requested =
      parts.lazy.compactMap { $0.intent.request?.body?["Image"]?.string }.first
      ?? parts.lazy.compactMap(\.intent.transferredName).first ?? "an image"
    let name = description.container?.name ?? "a container"
    switch CompositeOperation(rawValue: intent.operation) {
    case .run, nil: description.subject = "\(intent.operation) \(name) from \(requested)"
    case .archive:
      description.subject =
        "archive \(intent.target ?? "the history")"
        + (result.outputs.first.map { " to \($0.hostPath)" } ?? "")
      // It is about a history, of which what it took from an engine is a part.
      description.container = nil
      description.imageID = nil
    case .rerun: description.subject = rerunSubject(intent, result, from: requested)
    case .exec: description.subject = described.first?.subject ?? "exec in \(name)"
    case .commit, .infect, .label:
      // An image is made of another or of a container.
      description.subject =
        "\(intent.operation) \(intent.target ?? name)"
        + (made?.0.intent.givenName.map { " as \($0)" } ?? "")
      description.imageID = made?.1.imageID ?? description.imageID
    }
    var activity = Activity(
      description.event, by: intent.participants.with(agent),
      parts: described.map(\.event))
    description.snapshots += described.flatMap(\.snapshots)
    description.removed = described.flatMap(\.removed)
    keepTransient(in: &description, of: &activity)
    return (activity, description)
  }

  /// What was done again, by the beginning of its id, and whether it came out as before.
  private static func rerunSubject(
    _ intent: Intent, _ result: OperationResult, from image: String
  ) -> String {
    let repeated = intent.repeats.map { $0.description.prefix(13) } ?? "a run"
    let verdict = result.isReproduced.map { $0 ? " (reproduced)" : " (not reproduced)" } ?? ""
    return "rerun \(repeated) from \(image)\(verdict)"
  }

  /// Keeps the snapshot of a container that came and went within the composite: it stands
  /// beside the document, because the tree's folder of containers has only those that exist.
  private static func keepTransient(
    in description: inout OperationDescription, of activity: inout Activity
  ) {
    let removed = Set(description.snapshots.filter { $0.content == nil }.map(\.path))
    guard !removed.isEmpty else { return }
    let folder = activity.path.split(separator: "/").dropLast().joined(separator: "/")
    var moved: [String: String] = [:]
    for path in removed where path.hasPrefix("containers/") {
      moved[path] = "\(folder)/\(activity.id).container.json"
    }
    description.snapshots = description.snapshots.map { snapshot in
      snapshot.content == nil
        ? snapshot : (path: moved[snapshot.path] ?? snapshot.path, content: snapshot.content)
    }
    for part in activity.parts.indices {
      for index in activity.parts[part].generated.indices {
        guard case .snapshot(var file) = activity.parts[part].generated[index].entity,
          let path = moved[file.path]
        else { continue }
        file.path = path
        activity.parts[part].generated[index].entity = .snapshot(file)
      }
    }
  }
}

extension OperationDescription {
  /// Adds the files that went in and came out, and the pointers to those that are kept.
  fileprivate mutating func addFiles(_ intent: Intent, _ result: OperationResult) {
    let host = intent.participants.host.id
    let place = { [container] (file: RunFile) in
      container.map { ContainerPath(container: $0.id, path: file.containerPath) }
    }
    for file in RunFile.withMembers(intent.inputs) {
      event.used.append(
        Usage(
          .content(file.content), role: .input, at: .file(host: host, path: file.hostPath),
          in: place(file)))
    }
    for file in RunFile.withMembers(result.outputs) {
      event.generated.append(
        Generation(
          .content(file.content), role: .output,
          at: file.isDiscarded ? nil : .file(host: host, path: file.hostPath), in: place(file)))
    }
    var kept: Set<String> = []
    for content in (intent.inputs + result.outputs).map(\.content)
    where content.pointerPath.map({ kept.insert($0).inserted }) ?? false {
      snapshots += LargeContent(content).files(.file).map { (path: $0.path, content: $0.content) }
    }
  }
}
