import Canonical
import Provenance

extension OperationDescription {
  /// A file system, or a file or folder of it, that left a container.
  mutating func describeCopyOut(_ context: Context) {
    let path = context.intent.query("path")
    subject = "copy \(path ?? "the file system") out of \(shownName(context))"
    if path == nil { subject = "export \(shownName(context))" }
    useContainer(context, at: path)
    if let archive = context.result.archive { generate(archive: archive) }
  }

  mutating func describeExtraction(_ context: Context) {
    let path = context.intent.query("path")
    subject = "copy into \(shownName(context))" + (path.map { " at \($0)" } ?? "")
    useContainer(context, at: path)
    useArchive(context)
    guard context.hasSucceeded, let container = context.result.container else { return }
    generate(.containerState(state(of: container, context)), as: .state)
    addSnapshot(of: container, on: context.engine)
  }

  mutating func describeSave(_ context: Context) {
    let names = context.intent.queries("names")
    let shown = names.isEmpty ? [context.intent.target ?? "an image"] : names
    subject = "save " + shown.joined(separator: ", ")
    let images = context.result.images + [context.intent.image].compactMap { $0 }
    imageID = images.first?.id
    for image in images {
      if let entity = image.entity() { use(.image(entity), as: .image) }
    }
    if let archive = context.result.archive { generate(archive: archive) }
  }

  mutating func describeLoad(_ context: Context) {
    let names = context.result.images.map { $0.tags.min() ?? String($0.id.prefix(19)) }
    subject = "load " + (names.isEmpty ? "images" : names.joined(separator: ", "))
    useArchive(context)
    guard context.hasSucceeded else { return }
    for image in context.result.images { addMade(image, named: image.tags.sorted(), context) }
  }

  mutating func describeImport(_ context: Context) {
    let name = context.intent.givenName
    let source = context.intent.query("fromSrc").flatMap { $0 == "-" ? nil : $0 }
    let shown = context.intent.origin?.webLocation?.shown ?? source
    subject = "import \(shown ?? "an archive")" + (name.map { " as \($0)" } ?? "")
    useArchive(context)
    guard context.hasSucceeded, let image = context.result.image else { return }
    addMade(image, named: name.map { [$0] } ?? [], context)
  }

  /// The archive that came in, and where it is from.
  private mutating func useArchive(_ context: Context) {
    guard let archive = context.result.archive else { return }
    event.used.append(
      Usage(.content(archive), role: .archive, at: context.intent.origin))
  }
}

extension Location {
  fileprivate var webLocation: WebLocation? {
    if case .web(let place) = self { place } else { nil }
  }
}
