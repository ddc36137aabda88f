import Canonical
import History
import Provenance

extension Recorder {
  /// The record of a composite operation.
  func record(
    _ intent: Intent, _ result: OperationResult, parts: [CompositePart]
  ) async -> OperationRecord {
    let agent = await observer.agent()
    let described = parts.map { OperationDescription($0.intent, $0.result, engine: agent?.id) }
    var description = OperationDescription(intent, result, engine: agent?.id)
    description.container = described.lazy.compactMap(\.container).last
    description.imageID = described.lazy.compactMap(\.imageID).first
    for content in result.streams {
      switch content.kind {
      case .standardInput: description.use(.content(content), as: .standardInput)
      case .standardError: description.generate(.content(content), as: .standardError)
      default: description.generate(.content(content), as: .standardOutput)
      }
    }
    let requested = parts.first?.intent.request?.body?["Image"]?.string ?? "an image"
    let name = description.container?.name ?? "a container"
    description.subject =
      intent.operation == "exec"
      ? described.first?.subject ?? "exec in \(name)"
      : "\(intent.operation) \(name) from \(requested)"
    var activity = Activity(
      description.event, by: intent.participants.with(agent),
      parts: described.map(\.event))
    description.snapshots = described.flatMap(\.snapshots)
    description.removed = described.flatMap(\.removed)
    Self.keepTransient(in: &description, of: &activity)
    return operationRecord(of: activity, description)
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
