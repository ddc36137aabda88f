import Canonical

/// A container, from its creation to its removal.
package struct Container: Sendable, Hashable {
  /// The full id, which no two containers of the world share.
  package var id: String
  /// The name at the time of the operation, without a slash.
  package var name: String?
  /// The id of the engine that holds it.
  package var engine: String?

  package init(id: String, name: String? = nil, engine: String? = nil) {
    self.id = id
    self.name = name
    self.engine = engine
  }

  package static func iri(of id: String) -> String { IRI.local(.docker, "container", id) }

  package var iri: String { Self.iri(of: id) }

  var node: Node {
    var node = Node(iri, "prov:Entity", "docker:Container")
    node.add(.label, name ?? String(id.prefix(12)))
    node.add(.containerID, id)
    node.add(.containerName, name)
    node.add(.engine, engine.map(EngineAgent.iri))
    return node
  }
}

/// A container as it was after one operation: what a snapshot leaves out.
package struct ContainerState: Sendable, Hashable {
  /// The container's full id.
  package var container: String
  /// The operation that led to the state.
  package var activity: ActivityID
  /// The operation that led to the state before, where the history knows it.
  package var previous: ActivityID?
  package var name: String?
  /// `created`, `running`, `exited` … as the engine says.
  package var status: String?
  package var startedAt: Timestamp?
  package var finishedAt: Timestamp?
  package var exitCode: Int?

  package init(
    container: String, activity: ActivityID, previous: ActivityID? = nil, name: String? = nil,
    status: String? = nil, startedAt: Timestamp? = nil, finishedAt: Timestamp? = nil,
    exitCode: Int? = nil
  ) {
    self.container = container
    self.activity = activity
    self.previous = previous
    self.name = name
    self.status = status
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.exitCode = exitCode
  }

  package var iri: String { iri(after: activity) }

  private func iri(after activity: ActivityID) -> String {
    IRI.local(.docker, "state", container, activity.description)
  }

  var node: Node {
    var node = Node(iri, "prov:Entity", "docker:ContainerState")
    node.add(
      .label,
      [name ?? String(container.prefix(12)), status].compactMap(\.self).joined(separator: " "))
    node.add(.specializationOf, Container.iri(of: container))
    node.add(.wasRevisionOf, previous.map(iri(after:)))
    node.add(.containerName, name)
    node.add(.status, status)
    node.add(.runStartedAt, startedAt)
    node.add(.runFinishedAt, finishedAt)
    node.add(.exitCode, exitCode.map(Int64.init))
    return node
  }
}
