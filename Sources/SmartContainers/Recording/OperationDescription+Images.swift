import Canonical
import DockerEngine
import Provenance

extension OperationDescription {
  mutating func describeBuild(_ context: Context) {
    let names = context.intent.queries("t")
    subject = "build " + (names.first ?? "an image")
    if let dockerfile = context.intent.dockerfile {
      use(source: dockerfile, as: .dockerfile, .file)
    }
    if let source = context.result.buildContext { use(source: source, as: .buildContext, .archive) }
    var bases: [String: String] = [:]
    for base in context.result.bases {
      guard let entity = base.entity else { continue }
      use(entity, as: .baseImage)
      bases[base.name] = entity.iri
    }
    event.plan.build = BuildPlan(
      builder: ImageBuilder(version: context.intent.query("version")).rawValue,
      target: context.intent.query("target"),
      stages: context.intent.stages.map { stage in
        var stage = stage
        stage.image = bases[stage.base]
        return stage
      })
    guard context.hasSucceeded, let image = context.result.image else { return }
    addMade(image, named: names, context)
  }

  mutating func describeTag(_ context: Context) {
    let name = context.intent.givenName ?? "?"
    subject = "tag \(shownImage(context)) as \(name)"
    guard let image = context.intent.image, let entity = image.entity(name: shownImage(context))
    else { return }
    imageID = image.id
    use(.image(entity), as: .image)
    guard context.hasSucceeded else { return }
    generate(
      .imageReference(ImageReference(name: name, engine: context.engine, image: entity.identity)),
      as: .imageReference)
    addSnapshot(of: image)
  }

  mutating func describeImageRemoval(_ context: Context) {
    subject = "remove image \(shownImage(context))"
    guard let image = context.intent.image, let entity = image.entity(name: shownImage(context))
    else { return }
    imageID = image.id
    use(.image(entity), as: .image)
    guard context.hasSucceeded else { return }
    for name in context.result.untagged {
      event.invalidated.append(
        .imageReference(ImageReference(name: name, engine: context.engine, image: entity.identity)))
    }
    if context.result.deleted.contains(image.id) {
      event.invalidated.append(.image(entity))
      snapshots.append((path: Snapshot.path(image: entity.identity), content: nil))
    }
  }

  private func shownImage(_ context: Context) -> String {
    context.intent.target ?? context.intent.image?.tags.first ?? "an image"
  }
}
