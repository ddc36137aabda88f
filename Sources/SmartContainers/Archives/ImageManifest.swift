import Canonical
import SystemPackage

/// `manifest.json` of an archive of images.
///
/// Source: the image specification of Docker, version 1.2, "Combined Image JSON + Filesystem Changeset
/// Format".
struct ImageManifest: Sendable {
  static let path = "manifest.json"

  /// Where images are in an archive's payload.
  static let folder = "image/"
  static let byteLimit: Int64 = 16 << 20

  /// One image.
  struct Entry: Sendable {
    /// The path of its configuration.
    var config: String
    var layers: [String]
    var names: [String]

    /// The digest of the configuration, which its path says.
    var identity: SHA256Digest? {
      let name = config.split(separator: "/").last ?? ""
      return SHA256Digest(String(name.hasSuffix(".json") ? name.dropLast(5) : name))
    }
  }

  private(set) var entries: [Entry]

  /// - Throws: `SmartContainersError` when the bytes are no manifest.
  init(_ bytes: [UInt8]) throws(SmartContainersError) {
    let list = (try? JSONValue(parsing: bytes))?.array
    let entries = list?.map { image -> Entry? in
      guard let config = image["Config"]?.string, let layers = image["Layers"]?.strings else {
        return nil
      }
      return Entry(
        config: Self.normal(config), layers: layers.map(Self.normal),
        names: image["RepoTags"]?.strings ?? [])
    }
    guard let entries, !entries.isEmpty, entries.allSatisfy({ $0 != nil }) else {
      throw SmartContainersError(.failed, "the \(Self.path) of the image cannot be read")
    }
    self.entries = entries.compactMap { $0 }
  }

  var bytes: [UInt8] {
    JSONValue.array(
      entries.map { entry in
        [
          "Config": .string(entry.config),
          "Layers": .array(entry.layers.map { .string($0) }),
          "RepoTags": .array(entry.names.map { .string($0) }),
        ]
      }
    ).bytes(.pretty)
  }

  /// Puts what links lead to in their place: an archive has no links.
  mutating func follow(_ links: [String: String]) {
    for index in entries.indices {
      entries[index].layers = entries[index].layers.map { layer in
        var path = layer
        for _ in 0..<40 {
          guard let target = links[path] else { break }
          path = target
        }
        return path
      }
    }
  }

  /// Names the images: an engine that saves them by their ids leaves the names out.
  mutating func name(_ names: [SHA256Digest: [String]]) {
    for index in entries.indices {
      guard let identity = entries[index].identity else { continue }
      entries[index].names = names[identity]?.sorted() ?? entries[index].names.sorted()
    }
  }

  /// The same manifest without names; what is no manifest stays as it is.
  static func nameless(_ bytes: [UInt8]) -> [UInt8] {
    guard var manifest = try? ImageManifest(bytes) else { return bytes }
    for index in manifest.entries.indices { manifest.entries[index].names = [] }
    return manifest.bytes
  }

  /// Whether a file is one that only engines before 1.10 read, of which the manifest says nothing.
  static func isLegacy(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return path == "repositories" || parts.count == 2 && ["json", "VERSION"].contains(parts[1])
  }

  /// A path without `./` before it and a slash behind it.
  static func normal(_ path: String) -> String {
    FilePath(path).lexicallyNormalized().string
  }

  /// Where a link leads.
  static func resolved(_ target: String, from path: String) -> String {
    FilePath(path).removingLastComponent().pushing(FilePath(target)).lexicallyNormalized().string
  }
}
