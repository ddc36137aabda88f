import Canonical
import DockerEngine

/// A container or an image, found by the name that a user gave.
public struct EngineObject: Sendable {
  /// What it is.
  public enum Kind: String, CaseIterable, Sendable {
    case container
    case image
  }

  public let kind: Kind

  /// The full id: 64 hexadecimal digits of a container, `sha256:…` of an image.
  public let id: String

  /// The container's name, or the image's as the user gave it.
  public let name: String

  /// The engine's whole answer to an inspection.
  public let json: JSONValue

  init(_ container: ContainerInspection) {
    kind = .container
    id = container.id
    name = container.name
    json = container.json
  }

  init(_ image: ImageInspection, name: String) {
    kind = .image
    id = image.id
    self.name = name
    json = image.json
  }

  /// The configuration: a container's own, or what an image gives to containers.
  ///
  /// Source: Engine API 1.41, ContainerConfig.
  var configuration: JSONValue { json["Config"] ?? [:] }

  /// The labels; a container has those of its image, too.
  public var labels: [String: String] {
    (configuration["Labels"]?.object ?? [:]).compactMapValues(\.string)
  }

  /// The id of the image: itself, or that which the container was created from.
  var imageID: String { kind == .image ? id : json["Image"]?.string ?? "" }
}

extension EngineClient {
  /// Finds what a name stands for, as `docker inspect` does: a container, else an image.
  ///
  /// - Parameter kind: what it is, where a container and an image share the name.
  /// - Throws: `EngineError` of code `notFound` when it is neither.
  public func object(
    named name: String, kind: EngineObject.Kind? = nil
  ) async throws -> EngineObject {
    // As an engine itself writes a container's name.
    let name = name.hasPrefix("/") ? String(name.dropFirst()) : name
    if kind != .image {
      do {
        return EngineObject(try await inspectContainer(name))
      } catch let error as EngineError where error.code == .notFound && kind == nil {
        // It may be an image.
      }
    }
    do {
      return EngineObject(try await inspectImage(name), name: name)
    } catch let error as EngineError where error.code == .notFound && kind == nil {
      throw EngineError(
        .notFound, "there is no container and no image \(name)", operation: error.operation)
    }
  }
}
