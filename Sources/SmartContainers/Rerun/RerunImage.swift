import Canonical
import DockerEngine
import Provenance

/// Where the image of a recorded run is now.
public enum RerunImage: Sendable, Hashable {
  /// The engine has it, by that name or id.
  case here(String)

  /// The engine has one with the same layers and another configuration.
  case similar(String)

  /// A registry knew it by that digest.
  case pullable(String)
  case absent

  /// No engine could be asked.
  case unknown

  /// Looks for it: by what identifies it, then by its names.
  ///
  /// - Parameter engine: nil when none can be asked.
  static func find(_ image: RerunPlan.Image, on engine: EngineClient?) async throws -> RerunImage {
    guard let engine else { return .unknown }
    var named: [(name: String, image: ImageInspection)] = []
    for name in image.names {
      if let found = try await inspect(name, engine) { named.append((name, found)) }
    }
    let identity = image.identity.description
    // A name is what people read in the record.
    if let match = named.first(where: { $0.image.id == identity || image.isSame($0.image) }) {
      return .here(match.name)
    }
    if try await inspect(identity, engine) != nil { return .here(identity) }
    let layers = image.layers.map(\.description)
    if !layers.isEmpty, let match = named.first(where: { $0.image.layers == layers }) {
      return .similar(match.name)
    }
    return image.repositoryDigests.first.map { .pullable($0) } ?? .absent
  }

  private static func inspect(
    _ name: String, _ engine: EngineClient
  ) async throws -> ImageInspection? {
    do {
      return try await engine.inspectImage(name)
    } catch let error as EngineError where error.code == .notFound {
      return nil
    }
  }
}

extension RerunPlan.Image {
  /// Whether an image has the configuration and the layers of then, whatever its id is here.
  fileprivate func isSame(_ image: ImageInspection) -> Bool {
    snapshot.map { $0 == Snapshot.image(inspection: image.json) } ?? false
  }

  /// What to do where the engine does not have it.
  var hint: String {
    let digest = identity.hexadecimal.prefix(12)
    let named = names.first.map { "\($0) is not what it was then; " } ?? ""
    return "\(named)sc image load brings the image \(digest) back from an archive, and "
      + "sc log --image \(digest) tells how it was made."
  }
}
