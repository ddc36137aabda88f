import Canonical
import HTTP

/// What happened to one name or layer when an image was removed.
public enum ImageRemoval: Sendable, Hashable {
  /// A name was taken off an image.
  case untagged(String)
  /// An image or a layer was deleted.
  case deleted(String)
}

extension EngineClient {
  /// Returns an image's configuration and layers.
  ///
  /// - Parameter name: a name, an id, a unique prefix of one, or a digest reference.
  /// - Source: Engine API 1.41, GET /images/{name}/json.
  public func inspectImage(_ name: String) async throws -> ImageInspection {
    ImageInspection(json: try await json(RouteTable.imageInspect, [name]))
  }

  /// Returns images, newest first.
  ///
  /// - Parameters:
  ///   - includesIntermediate: the images of build steps too.
  ///   - filters: such as `["reference": ["busybox:*"]]`.
  /// - Source: Engine API 1.41, GET /images/json.
  public func listImages(
    includesIntermediate: Bool = false, filters: [String: [String]] = [:]
  ) async throws -> [ImageSummary] {
    let list = try await json(
      RouteTable.imageList,
      query: [
        ("all", includesIntermediate ? "1" : nil), ("filters", Self.encode(filters: filters)),
      ])
    return (list.array ?? []).map { ImageSummary(json: $0) }
  }

  /// Gives an image one more name.
  ///
  /// - Source: Engine API 1.41, POST /images/{name}/tag.
  public func tagImage(_ name: String, repository: String, tag: String) async throws {
    _ = try await send(RouteTable.imageTag, [name], query: [("repo", repository), ("tag", tag)])
  }

  /// Takes a name off an image, and deletes the image when it was the last.
  ///
  /// - Parameters:
  ///   - force: although it has other names or a stopped container uses it.
  ///   - keepsParents: whether untagged parents stay.
  /// - Source: Engine API 1.41, DELETE /images/{name}.
  @discardableResult
  public func removeImage(
    _ name: String, force: Bool = false, keepsParents: Bool = false
  ) async throws -> [ImageRemoval] {
    let list = try await json(
      RouteTable.imageRemove, [name],
      query: [("force", force ? "1" : nil), ("noprune", keepsParents ? "1" : nil)])
    return (list.array ?? []).compactMap { ImageRemoval(json: $0) }
  }
}
