import Canonical
import DockerEngine

extension OperationEvidence {
  /// Looks at what a pull brought.
  func observePull(_ observer: EngineObserver, into result: inout OperationResult) async {
    guard result.outcome == .succeeded else { return }
    if let name = intent.transferredName {
      result.image = await observer.image(name)
      return
    }
    let repository = intent.transferredRepository
    let images = await observer.images(of: repository)
    // Older images of the repository that are here did not come with it.
    let brought = pulledDigests.map { digests in Set(digests.map { "\(repository)@\($0)" }) }
    result.images = images.filter { image in
      brought.map { !$0.isDisjoint(with: image.repositoryDigests) } ?? true
    }
  }

  /// Looks at what a push took.
  func observePush(_ observer: EngineObserver, into result: inout OperationResult) async {
    guard let name = intent.transferredName else {
      let tags = Set(result.pushed.map { "\(intent.transferredRepository):\($0.tag)" })
      result.images = await observer.images(of: intent.transferredRepository).filter {
        !tags.isDisjoint(with: $0.tags)
      }
      return
    }
    result.image = await observer.image(name)
    guard result.outcome == .succeeded, result.pushed.isEmpty, let image = result.image else {
      return
    }
    // Nobody heard the digest; the engine keeps it.
    let digests = image.digests(in: intent.transferredRepository)
    let news = digests.subtracting(intent.image?.digests(in: intent.transferredRepository) ?? [])
    if let digest = news.count == 1 ? news.first : digests.count == 1 ? digests.first : nil {
      result.pushed = [PushedImage(tag: intent.query("tag") ?? "", digest: digest)]
    }
  }
}

extension ImageFinding {
  /// The digests under which a repository has it.
  func digests(in repository: String) -> Set<String> {
    let prefix = repository + "@"
    return Set(
      repositoryDigests.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
  }
}

extension EngineObserver {
  /// The images that have names in a repository.
  nonisolated func images(of repository: String) async -> [ImageFinding] {
    let list = try? await engine.listImages(filters: ["reference": [repository]])
    var images: [ImageFinding] = []
    for summary in list ?? [] {
      if let image = await image(summary.id) { images.append(image) }
    }
    return images
  }
}

extension ProgressEvent {
  var pulledDigest: String? {
    if case .digest(let digest) = self { digest } else { nil }
  }

  var pushedImage: PushedImage? {
    if case .pushed(let image) = self { image } else { nil }
  }
}

extension PushedImage: JournalValue {
  var json: JSONValue { ["tag": .string(tag), "digest": .string(digest)] }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(tag: try json.text("tag"), digest: try json.text("digest"))
  }
}
