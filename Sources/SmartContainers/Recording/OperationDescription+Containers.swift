import Canonical
import Provenance

extension OperationDescription {
  mutating func describeCreate(_ context: Context) {
    let requested = context.intent.request?.body?["Image"]?.string ?? "?"
    let name = context.result.container?.name ?? context.intent.query("name") ?? "a container"
    subject = "create \(name) from \(requested)"
    if let image = context.result.image, let entity = image.entity(name: requested) {
      imageID = image.id
      use(.image(entity), as: .image)
      if entity.id.description != requested {
        use(
          .imageReference(
            ImageReference(name: requested, engine: context.engine, image: entity.identity)),
          as: .imageReference)
      }
    }
    guard context.hasSucceeded else { return }
    context.result.image.map { addSnapshot(of: $0) }
    guard let container = context.result.container else { return }
    self.name(container)
    generate(.container(container.entity(on: context.engine)), as: .container)
    generate(.containerState(state(of: container, context)), as: .state)
    addSnapshot(of: container, on: context.engine)
  }

  mutating func describeState(_ context: Context) {
    let verb = context.intent.operation.dropFirst("container.".count)
    let signal = context.intent.query("signal").map { " with \($0)" } ?? ""
    subject = "\(verb) \(shownName(context))\(signal)"
    describeChange(context)
  }

  /// Puts a new state of the container in the place of the one before.
  mutating func describeChange(_ context: Context) {
    useContainer(context)
    guard context.hasSucceeded, let container = context.result.container else { return }
    generate(.containerState(state(of: container, context)), as: .state)
    addSnapshot(of: container, on: context.engine)
  }

  mutating func describeExec(_ context: Context) {
    let command = context.intent.request?.body?["Cmd"]?.strings ?? []
    let text = command.joined(separator: " ").prefix(60)
    subject = "exec \(text) in \(shownName(context))"
    useContainer(context)
  }

  mutating func describeRename(_ context: Context) {
    let newName = context.intent.query("name") ?? "?"
    subject = "rename \(shownName(context)) to \(newName)"
    useContainer(context)
    guard context.hasSucceeded, let container = context.result.container else { return }
    name(container)
    generate(.containerState(state(of: container, context)), as: .state)
    addSnapshot(of: container, on: context.engine)
  }

  mutating func describeRemove(_ context: Context) {
    subject = "remove \(shownName(context))"
    useContainer(context)
    guard context.hasSucceeded, let container = context.intent.container else { return }
    event.invalidated.append(.container(container.entity(on: context.engine)))
    snapshots.append((path: Snapshot.path(container: container.id), content: nil))
    guard let engine = context.engine else { return }
    for name in context.result.deleted {
      let volume = Volume(name: name, engine: engine)
      end(volume)
      noteRemoval(of: volume)
    }
  }

  mutating func describeCommit(_ context: Context) {
    let reference = context.intent.givenName
    subject = "commit \(shownName(context))" + (reference.map { " as \($0)" } ?? "")
    useContainer(context)
    guard context.hasSucceeded, let image = context.result.image else { return }
    addMade(image, named: reference.map { [$0] } ?? [], context)
  }

  /// The container as it was before.
  ///
  /// - Parameter path: where in its file system.
  mutating func useContainer(_ context: Context, at path: String? = nil) {
    guard let container = context.intent.container else { return }
    name(container)
    imageID = container.imageID
    event.used.append(
      Usage(
        .container(container.entity(on: context.engine)), role: .container,
        at: path.map { .container(ContainerPath(container: container.id, path: $0)) }))
  }

  /// The name by which people know the container; as they typed it when it is not there.
  func shownName(_ context: Context) -> String {
    context.intent.container?.name ?? context.intent.target ?? "a container"
  }

  func state(of container: ContainerFinding, _ context: Context) -> ContainerState {
    ContainerState(
      container: container.id, activity: context.intent.id, previous: context.result.previous,
      name: container.name, status: container.status, startedAt: container.startedAt,
      finishedAt: container.finishedAt,
      exitCode: container.finishedAt == nil ? nil : container.exitCode)
  }

  /// An image that the operation made, with the names that it got.
  mutating func addMade(_ image: ImageFinding, named names: [String], _ context: Context) {
    guard let entity = image.entity(name: names.first) else { return }
    imageID = image.id
    generate(.image(entity), as: .image)
    for name in names {
      generate(
        .imageReference(
          ImageReference(name: name, engine: context.engine, image: entity.identity)),
        as: .imageReference)
    }
    addSnapshot(of: image)
  }
}
