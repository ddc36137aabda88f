import Archive
import Canonical
import DockerEngine
import Glibc
import History
import Provenance
import SystemPackage

extension ArchiveCreation {
  /// What was written to the disk before the packing, because its size must be known.
  private struct Spooled: Sendable {
    let bundle: SpooledFile
    let document: SpooledFile
    let dataset: SpooledFile
    let containers: [(path: String, file: SpooledFile)]
  }

  /// Packs everything.
  ///
  /// The history is written out while the engine gets its images together, which takes it seconds.
  ///
  /// - Parameter images: the engine whose images are saved, each as a part that is taken apart.
  func create(
    _ prepared: Prepared, _ engine: EngineClient, images: EngineClient
  ) async throws -> CreatedArchive {
    var prepared = prepared
    let containers = try await takeOut(of: engine, &prepared)
    let final = prepared
    let pipe = StreamPipe()
    async let filled: Void = fill(pipe, final.imageIDs, images)
    let packed: Result<(files: Int, package: WrittenPackage), any Error>
    do {
      let spooled = try await spool(containers)
      packed = .success(
        try await BlockingWork.run(cancellable: { isCancelled in
          try pack(final, spooled, images: pipe, isCancelled)
        }))
    } catch {
      pipe.abandon()
      // What the engine says is why an archive of it is cut short; what else fails waits for nothing.
      guard pipe.hasFailed else { throw error }
      packed = .failure(error)
    }
    do { try await filled } catch is CancellationError {}
    let (files, package) = try packed.get()
    return CreatedArchive(
      path: path, byteCount: package.byteCount, digest: package.digest,
      runs: final.index.runs.count, images: final.imageIDs.count, files: files,
      attestations: final.attestations.count, missing: final.missing)
  }

  private func fill(_ pipe: StreamPipe, _ images: [String], _ engine: EngineClient) async throws {
    guard !images.isEmpty else { return }
    do {
      try await engine.saveImages(images) { try await pipe.fill($0) }
    } catch {
      pipe.fail()
      throw error
    }
  }

  /// Writes the history, which has no size before it is there.
  private func spool(
    _ containers: [(path: String, file: SpooledFile)]
  ) async throws -> Spooled {
    let bundle = try SpooledFile(in: folder)
    try await client.recorder.history.with { [selection] history in
      try history.writeBundle(of: selection.tip) { try bundle.append($0) }
    }
    let reader = HistoryReader(client.recorder.history)
    var filter = LogFilter()
    filter.revision = selection.tip.description
    let (document, dataset) = (try SpooledFile(in: folder), try SpooledFile(in: folder))
    try await reader.export(filter, as: .jsonLD) { bytes, _ in try document.append(bytes) }
      .requireAll()
    try await reader.export(filter, as: .triG) { bytes, _ in try dataset.append(bytes) }
      .requireAll()
    return Spooled(bundle: bundle, document: document, dataset: dataset, containers: containers)
  }

  /// Takes file systems and folders out of containers.
  private func takeOut(
    of engine: EngineClient, _ prepared: inout Prepared
  ) async throws -> [(path: String, file: SpooledFile)] {
    var taken: [(path: String, file: SpooledFile)] = []
    let wanted =
      options.exports.map { (container: $0, path: String?.none) }
      + options.paths.map { (container: $0.container, path: String?.some($0.path)) }
    for (container, path) in wanted {
      let found = try await engine.inspectContainer(container)
      let file = try SpooledFile(in: folder)
      if let path {
        try await engine.archive(of: found.id, path: path) { _, body in
          for try await chunk in body { try file.append(chunk) }
        }
      } else {
        try await engine.exportContainer(found.id) { body in
          for try await chunk in body { try file.append(chunk) }
        }
      }
      let count = prepared.index.containers.count { $0.id == found.id && $0.source != nil }
      let place =
        "containers/\(found.id)/" + (path == nil ? "filesystem.tar" : "path-\(count + 1).tar")
      taken.append((path: place, file: file))
      prepared.index.containers.append(
        ArchiveIndex.Container(id: found.id, name: found.name, source: path, path: place))
    }
    return taken
  }

  /// Writes the bag, on a thread of its own.
  private func pack(
    _ prepared: Prepared, _ spooled: Spooled, images: StreamPipe,
    _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> (files: Int, package: WrittenPackage) {
    let bag = try BagWriter(
      path, name: name, info: info, modified: selection.time.millisecondsSince1970 / 1000,
      threads: max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))), replaces: options.replaces)
    try bag.addTag(
      "README.md", bytes: ArchiveReadme.text(selection, title: title, prepared.commands))
    let packer = ArchivePacker(bag, onProgress: onProgress, isCancelled: isCancelled)
    if !prepared.imageIDs.isEmpty {
      try packer.addImages(from: images.take, names: prepared.names)
    }
    for (path, file) in spooled.containers {
      try packer.add(path, file, mediaType: "application/x-tar", "Taken out of a container")
    }
    for (path, file) in prepared.files.sorted(by: { $0.key < $1.key }) {
      try packer.add(path.text, file)
    }
    try packer.add(
      "history/history.bundle", spooled.bundle, mediaType: "application/x-git-bundle",
      "The history as a git bundle")
    try packer.add(
      "history/provenance.jsonld", spooled.document, mediaType: "application/ld+json",
      "The history as linked data (W3C PROV)")
    try packer.add(
      "history/provenance.trig", spooled.dataset, mediaType: "application/trig",
      "The history as linked data (W3C PROV)")
    for (path, bytes) in selection.snapshots {
      try packer.add(
        "configuration/" + path, bytes, mediaType: "application/json",
        "The configuration of a container or an image")
    }
    try packer.add(
      "ontology/smartcontainers.ttl", Array(Ontology.terms.utf8),
      mediaType: "text/turtle", "What every term of the provenance means")
    try packer.add(
      "ontology/shapes.ttl", Array(Ontology.shapes.utf8), mediaType: "text/turtle",
      "What every document of the provenance has (SHACL)")
    for attestation in prepared.attestations {
      guard let path = ArchivedAttestation.path(of: attestation) else { continue }
      try packer.add(
        path, attestation.line + [UInt8(ascii: "\n")], mediaType: ArchivedAttestation.mediaType,
        "What is attested of an activity, signed")
    }
    try packer.add(
      ArchiveIndex.path, prepared.index.json.bytes(.pretty), mediaType: "application/json",
      "An index, for programs")
    try bag.addPayload(Crate.fileName, bytes: crate(prepared, packer.files).document())
    return (packer.files.count + 1, try bag.finish())
  }

  private var info: [BagInfo.Field] {
    var fields = [
      BagInfo.Field("Bag-Software-Agent", "SmartContainers \(Client.version)"),
      BagInfo.Field("Bagging-Date", String(selection.time.description.prefix(10))),
      BagInfo.Field("External-Description", title),
      BagInfo.Field("External-Identifier", selection.tip.description),
    ]
    if let person = selection.entries.last?.activity.person {
      fields.append(BagInfo.Field("Contact-Name", person.name))
      if let email = person.email { fields.append(BagInfo.Field("Contact-Email", email)) }
    }
    return fields
  }

  private func crate(_ prepared: Prepared, _ files: [Crate.File]) -> Crate {
    let images = Dictionary(
      selection.images.map { ($0.identity, $0.name) }, uniquingKeysWith: { first, _ in first })
    let actions = prepared.index.runs.compactMap { run -> Crate.Action? in
      guard let identity = SHA256Digest(run.image),
        let entry = selection.entries.first(where: { $0.activity.id.iri == run.activity })
      else { return nil }
      return Crate.Action(
        activity: entry.activity,
        image: Crate.Image(identity: identity, name: images[identity] ?? nil),
        command: entry.activity.plan.command ?? [], objects: run.inputs.compactMap(\.path),
        results: run.outputs.compactMap(\.path))
    }
    return Crate(
      name: title,
      description: "What is needed to see and repeat \(actions.count) runs of containers offline",
      publishedAt: selection.time, license: options.license, files: files, actions: actions)
  }
}
