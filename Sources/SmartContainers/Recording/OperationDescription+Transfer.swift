import Canonical
import DockerEngine
import Provenance

extension OperationDescription {
  mutating func describePull(_ context: Context) {
    let repository = context.intent.transferredRepository
    let name = context.intent.transferredName ?? repository
    subject = "pull \(name)"
    use(.imageReference(ImageReference(name: name)), as: .registryReference)
    guard context.hasSucceeded else { return }
    if let image = context.result.image { addMade(image, named: [name], context) }
    for image in context.result.images {
      addMade(image, named: image.tags.filter { $0.hasPrefix(repository + ":") }, context)
    }
    if context.result.images.count > 1 { imageID = nil }
  }

  mutating func describePush(_ context: Context) {
    let repository = context.intent.transferredRepository
    subject = "push \(context.intent.transferredName ?? repository)"
    let one = (context.result.image ?? context.intent.image).map { [$0] } ?? []
    let images = one + context.result.images
    for image in images {
      guard let entity = image.entity(name: context.intent.transferredName) else { continue }
      use(.image(entity), as: .image)
    }
    if images.count == 1 { imageID = images.first?.id }
    guard context.hasSucceeded else { return }
    for pushed in context.result.pushed {
      let tagged = "\(repository):\(pushed.tag)"
      let image = images.first { $0.tags.contains(tagged) } ?? (images.count == 1 ? images[0] : nil)
      let identity = image?.entity()?.identity
      // The tag may move on to another image; the digest may not.
      for name in pushed.tag.isEmpty
        ? ["\(repository)@\(pushed.digest)"] : [tagged, "\(repository)@\(pushed.digest)"]
      {
        generate(
          .imageReference(ImageReference(name: name, image: identity)), as: .registryReference)
      }
    }
    for image in images { addSnapshot(of: image) }
  }
}
