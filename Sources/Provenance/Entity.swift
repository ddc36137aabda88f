import Canonical

/// A thing that operations use, make or end.
package enum Entity: Sendable, Hashable {
  case container(Container)
  case containerState(ContainerState)
  case content(Content)
  case image(Image)
  case imageReference(ImageReference)
  case network(Network)
  case snapshot(SnapshotFile)
  case volume(Volume)

  package var iri: String {
    switch self {
    case .container(let container): container.iri
    case .containerState(let state): state.iri
    case .content(let content): content.iri
    case .image(let image): image.iri
    case .imageReference(let reference): reference.iri
    case .network(let network): network.iri
    case .snapshot(let snapshot): snapshot.iri
    case .volume(let volume): volume.iri
    }
  }

  var node: Node {
    switch self {
    case .container(let container): container.node
    case .containerState(let state): state.node
    case .content(let content): content.node
    case .image(let image): image.node
    case .imageReference(let reference): reference.node
    case .network(let network): network.node
    case .snapshot(let snapshot): snapshot.node
    case .volume(let volume): volume.node
    }
  }
}

/// An entity that an activity used.
package struct Usage: Sendable, Hashable {
  package var entity: Entity
  package var role: Role
  /// Where the entity was read.
  package var location: Location?
  /// Where the container had it.
  package var containerPath: ContainerPath?

  package init(
    _ entity: Entity, role: Role, at location: Location? = nil,
    in containerPath: ContainerPath? = nil
  ) {
    self.entity = entity
    self.role = role
    self.location = location
    self.containerPath = containerPath
  }
}

/// An entity that an activity made.
package struct Generation: Sendable, Hashable {
  package var entity: Entity
  package var role: Role
  /// Where the entity was written.
  package var location: Location?
  /// Where the container had it.
  package var containerPath: ContainerPath?

  package init(
    _ entity: Entity, role: Role, at location: Location? = nil,
    in containerPath: ContainerPath? = nil
  ) {
    self.entity = entity
    self.role = role
    self.location = location
    self.containerPath = containerPath
  }
}

/// A path in the file system of a container.
package struct ContainerPath: Sendable, Hashable {
  package var container: String
  package var path: String

  package init(container: String, path: String) {
    self.container = container
    self.path = path
  }

  var iri: String { IRI.local(.docker, "location", container, path) }

  var node: Node {
    var node = Node(iri, "prov:Location", "docker:ContainerPath")
    node.add(.container, Container.iri(of: container))
    node.add(.path, path)
    node.add(.label, path)
    return node
  }
}
