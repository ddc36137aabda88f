import Canonical
import Provenance

/// What a name that a Dockerfile begins with, or copies from, stood for when it was built.
struct BaseFinding: Sendable, Hashable {
  /// As the Dockerfile has it, with its arguments filled in.
  var name: String

  /// The image; nil when the engine does not list it: BuildKit keeps what it pulls to itself.
  var image: ImageFinding?

  /// The digest by which a registry knows it, `sha256:…`, where BuildKit asked one.
  var digest: String?

  /// - Parameters:
  ///   - resolved: the digests, by full names, for which BuildKit asked registries.
  ///   - image: what the engine has under the name; not believed when it is another.
  init(name: String, resolved: [String: String], image: ImageFinding?) {
    self.name = name
    digest = (try? ImageName(name)).flatMap { written in
      let untagged = String(written.qualified.prefix { $0 != "@" })
      return resolved[untagged] ?? written.tag.flatMap { resolved["\(untagged):\($0)"] }
    }
    self.image = image
    guard let digest, let image else { return }
    let isSame =
      image.id == digest || image.repositoryDigests.contains { $0.hasSuffix("@\(digest)") }
    if !isSame { self.image = nil }
  }

  /// The image as a PROV entity, else its reference by digest; nil when neither is known.
  var entity: Entity? {
    if let entity = image?.entity() { return .image(entity) }
    guard let digest, let repository = try? ImageName(name).repository else { return nil }
    return .imageReference(
      ImageReference(name: "\(EngineDialect.familiar(repository))@\(digest)"))
  }
}

extension BaseFinding: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("name", .string(name)), ("image", image?.json), ("digest", digest.map { .string($0) }),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    name = try json.text("name")
    image = try json.value("image")
    digest = json["digest"]?.string
  }
}

extension BuildPlan.Stage: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("name", name.map { .string($0) }), ("base", .string(base)),
      ("platform", platform.map { .string($0) }),
    ])
  }

  /// Which image it began with is found out when the build is over.
  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      name: json["name"]?.string, base: try json.text("base"), platform: json["platform"]?.string)
  }
}
