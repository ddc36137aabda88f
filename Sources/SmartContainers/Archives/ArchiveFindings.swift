import Archive
import Canonical
import Provenance

/// What is wrong with an archive, found document by document.
struct ArchiveFindings {
  private let bag: BagReport
  private(set) var problems: [String] = []
  private(set) var warnings: [String] = []

  /// Begins with what the manifests of the bag say.
  init(_ bag: BagReport) {
    self.bag = bag
    for problem in bag.problems {
      if problem.isWarning {
        warnings.append(problem.description)
      } else {
        problems.append(problem.description)
      }
    }
  }

  mutating func add(_ problem: String) { problems.append(problem) }

  mutating func warn(_ warning: String) { warnings.append(warning) }

  /// The files of the archive, from its folder, sorted.
  var paths: [String] { bag.files.keys.sorted() }

  /// The index.
  mutating func index(_ documents: ArchiveDocuments) -> ArchiveIndex? {
    guard let bytes = documents[ArchiveDocuments.index] else {
      add(
        documents.isTooLarge(ArchiveDocuments.index)
          ? "\(ArchiveDocuments.index) is too large to be read"
          : "it is no archive of this program: \(ArchiveDocuments.index) is missing")
      return nil
    }
    guard let json = try? JSONValue(parsing: bytes), let index = try? ArchiveIndex(json: json)
    else {
      add("\(ArchiveDocuments.index) cannot be read")
      return nil
    }
    return index
  }

  /// Each file that the crate describes must be there and be that, and each that is there be
  /// described.
  mutating func checkCrate(_ documents: ArchiveDocuments) {
    guard let bytes = documents[ArchiveDocuments.crate] else {
      let isTooLarge = documents.isTooLarge(ArchiveDocuments.crate)
      add("\(ArchiveDocuments.crate) is \(isTooLarge ? "too large to be read" : "missing")")
      return
    }
    guard let graph = (try? JSONValue(parsing: bytes))?["@graph"]?.array else {
      add("\(ArchiveDocuments.crate) cannot be read")
      return
    }
    var described: Set<String> = [Crate.fileName]
    for entity in graph where entity["@type"]?.string == "File" {
      guard let id = entity["@id"]?.string else { continue }
      let path = Crate.path(ofID: id)
      described.insert(path)
      guard let file = bag.files["data/" + path] else {
        add("data/\(path) is missing, and data/\(Crate.fileName) describes it")
        continue
      }
      if entity["sha256"]?.string != file.sha256?.hexadecimal
        || entity["contentSize"]?.string != String(file.size)
      {
        add("data/\(path) is not what data/\(Crate.fileName) says")
      }
    }
    for path in bag.files.keys.sorted() where path.hasPrefix("data/") {
      if !described.contains(String(path.dropFirst(5))) {
        add("\(path) is not in data/\(Crate.fileName)")
      }
    }
  }

  /// Each image must be the one that the index names: its configuration by digest, and its layers by
  /// those that the configuration lists.
  mutating func checkImages(
    _ documents: ArchiveDocuments, _ index: ArchiveIndex?, _ unpacked: [String: SHA256Digest]
  ) {
    let wanted = Set((index?.images ?? []).map(\.identity))
    guard let manifest = documents[ArchiveDocuments.imageManifest] else {
      if documents.isTooLarge(ArchiveDocuments.imageManifest) {
        add("\(ArchiveDocuments.imageManifest) is too large to be read")
      } else if !wanted.isEmpty {
        add("the images are missing: \(ArchiveDocuments.imageManifest)")
      }
      return
    }
    guard let entries = (try? ImageManifest(manifest))?.entries else {
      add("\(ArchiveDocuments.imageManifest) cannot be read")
      return
    }
    var found: Set<String> = []
    for entry in entries {
      let path = ArchiveDocuments.images + entry.config
      guard let file = bag.files[path], let digest = file.sha256,
        let layers = Self.layers(documents[path])
      else {
        let isTooLarge = documents.isTooLarge(path)
        add(
          "\(path), the configuration of an image, is "
            + (isTooLarge ? "too large to be read" : "missing or cannot be read"))
        continue
      }
      if entry.identity != digest { add("\(path) is not the configuration that it is named after") }
      found.insert(digest.description)
      checkLayers(entry, layers, unpacked)
      if let known = index?.images.first(where: { $0.identity == digest.description }),
        known.layers != layers
      {
        add("\(path) has other layers than data/\(ArchiveIndex.path) says")
      }
    }
    for identity in wanted.subtracting(found).sorted() {
      // An engine whose ids are those of manifests saves under them.
      let known = index?.images.first { $0.identity == identity }
      let isThere = entries.contains { entry in
        Self.layers(documents[ArchiveDocuments.images + entry.config]) == known?.layers
      }
      if !isThere { add("the image \(identity) is missing") }
    }
  }

  /// The layers that the configuration of an image lists.
  private static func layers(_ configuration: [UInt8]?) -> [String]? {
    guard let configuration, let json = try? JSONValue(parsing: configuration) else { return nil }
    return json["rootfs"]?["diff_ids"]?.strings
  }

  private mutating func checkLayers(
    _ entry: ImageManifest.Entry, _ layers: [String], _ unpacked: [String: SHA256Digest]
  ) {
    guard entry.layers.count == layers.count else {
      add("the image \(entry.config) has \(entry.layers.count) layers and names \(layers.count)")
      return
    }
    for (path, layer) in zip(entry.layers, layers) {
      let place = ArchiveDocuments.images + path
      guard let file = bag.files[place] else {
        add("\(place), a layer, is missing")
        continue
      }
      if (unpacked[place] ?? file.sha256)?.description != layer {
        add("\(place) is not the layer \(layer) of its image")
      }
    }
  }

  /// Each file of the index must be what the index says.
  mutating func checkFiles(_ index: ArchiveIndex?) {
    for run in index?.runs ?? [] {
      for file in run.inputs + run.outputs {
        guard let path = file.path else {
          warnings.append("\(file.hostPath) was missing when the archive was made")
          continue
        }
        if bag.files["data/" + path]?.sha256?.description != file.digest {
          add("data/\(path) is not what the run \(run.activity) had")
        }
      }
    }
    for kept in index?.kept ?? [] {
      guard let path = kept.path else {
        warnings.append(
          "the \(kept.role) of \(kept.activity) was missing when the archive was made")
        continue
      }
      if bag.files["data/" + path]?.sha256?.description != kept.digest {
        add("data/\(path) is not what \(kept.activity) had")
      }
    }
  }
}
