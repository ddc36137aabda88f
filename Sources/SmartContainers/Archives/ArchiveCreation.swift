import Archive
import Canonical
import DockerEngine
import Glibc
import History
import Provenance
import SystemPackage

/// The steps by which one archive is made.
struct ArchiveCreation: Sendable {
  let client: Client
  let selection: ArchiveSelection
  let options: ArchiveOptions
  let path: FilePath
  let onProgress: @Sendable (Int) -> Void

  /// What is known before anything is packed.
  struct Prepared: Sendable {
    /// The ids on this engine of the images that go in.
    var imageIDs: [String] = []
    var names: [SHA256Digest: [String]] = [:]
    var index: ArchiveIndex

    /// The files by their paths below `data/`.
    var files: [ExactPath: ArchivedFile] = [:]
    var missing: [String] = []

    /// What is attested of the activities.
    var attestations: [Attestation] = []

    /// What docker does for each run, by its activity.
    var commands: [ActivityID: String] = [:]

    /// Adds a file of a run under a path, or to those that are missing.
    ///
    /// - Returns: what the index says of it.
    mutating func add(
      _ source: ArchivedFile?, of file: ArchiveIndex.File, as place: String
    ) -> ArchiveIndex.File {
      guard let source else {
        missing.append(file.hostPath)
        return file
      }
      var found = file
      // The same file is packed once, whichever runs had it.
      if let known = places[source.identity] {
        found.path = known
        return found
      }
      let folders = place.utf8.split(separator: UInt8(ascii: "/")).prefix(2)
      // What no package may have, as a part of .git, or two names that are one where case does not
      // count, is called by its digest.
      let name =
        MemberName.fault(in: place, PackageLimits()) == nil
          && folded.insert(MemberName.folded(place)).inserted
        ? place
        : folders.map { String(Substring($0)) }.joined(separator: "/")
          + "/\(source.digest.hexadecimal)"
      places[source.identity] = name
      files[ExactPath(name)] = source
      found.path = name
      return found
    }

    /// The places that are taken, as a file system has them that knows no case.
    private(set) var folded: Set<String> = []

    /// Where files of runs are that were added.
    var places: [ArchivedFile.Identity: String] = [:]
  }

  /// Where what does not fit into memory is put meanwhile.
  var folder: FilePath { path.removingLastComponent() }

  var name: String { "archive-" + selection.tip.description.prefix(12) }

  var title: String {
    if let title = options.title { return title }
    let subjects = options.subjects.isEmpty ? "every run" : options.subjects.joined(separator: ", ")
    return "Reproduction archive of \(subjects)"
  }

  /// Looks for images and files.
  ///
  /// - Throws: `SmartContainersError` when something is missing that is to go in.
  func prepare() async throws -> Prepared {
    _ = try PackageFormat(named: path)
    guard options.replaces || access(path.string, F_OK) != 0 else {
      throw SmartContainersError(
        .usage, "\(path) already exists", hint: "Name another file, or say --force.")
    }
    var prepared = Prepared(index: ArchiveIndex(commit: selection.tip.description, title: title))
    prepared.index.configured = selection.containers
    try await findFiles(&prepared)
    try await findKept(&prepared)
    prepared.missing = Set(prepared.missing).sorted()
    guard options.allowsMissing || prepared.missing.isEmpty else {
      throw SmartContainersError(
        .failed,
        "these are not what the runs had any more: \(prepared.missing.joined(separator: ", "))",
        hint: "Put them back, keep them at the next run with --keep-inputs and --keep-outputs, "
          + "get what another copy of the history has with sc fetch --content, or pack the rest with "
          + "--allow-missing.")
    }
    if !options.leavesImagesOut { try await findImages(&prepared) }
    prepared.commands = try await commands()
    if options.attests { prepared.attestations = try await attestations() }
    return prepared
  }

  /// What docker's own client does for each run whose container the history knows.
  private func commands() async throws -> [ActivityID: String] {
    let reader = HistoryReader(client.recorder.history)
    var commands: [ActivityID: String] = [:]
    for activity in selection.entries.map(\.activity) where activity.operation.hasSuffix("run") {
      let recipe: ContainerRecipe
      do {
        recipe = try await reader.recipe(for: activity.id.description)
      } catch is SmartContainersError {
        continue
      }
      guard case .text(let create) = recipe.written(as: .run).content else { continue }
      commands[activity.id] = create + Self.transfers(ArchiveIndex.Run(activity), recipe)
    }
    return commands
  }

  /// How the files of a run get into its container, how that is started, and how its outputs get out.
  private static func transfers(_ run: ArchiveIndex.Run, _ recipe: ContainerRecipe) -> String {
    let mounts = BindMounts(ContainerSpecification(recorded: recipe.body).host)
    let copied = run.inputs.filter { mounts.containerPath(of: $0.hostPath) == nil }
    let outputs = run.outputs.filter { mounts.containerPath(of: $0.hostPath) == nil }
    let quoted = { (path: String) in ShellText.quoted(path) }
    let folders = Set(
      (copied + outputs).map {
        ExactPath(FilePath($0.containerPath).removingLastComponent().string)
      })
    var lines: [String] = []
    if !folders.isEmpty {
      let words = folders.sorted().map { quoted("folders" + $0.text) }.joined(separator: " ")
      lines = ["mkdir -p \(words)", "docker cp folders/. \(quoted(recipe.name + ":/"))"]
    }
    lines += copied.map {
      "docker cp \(quoted($0.hostPath)) \(quoted(recipe.name + ":" + $0.containerPath))"
    }
    let interactive = recipe.body["OpenStdin"] == true ? "--interactive " : ""
    lines.append("docker start --attach \(interactive)\(quoted(recipe.name))")
    lines += outputs.map { "docker cp \(quoted(recipe.name + ":" + $0.containerPath)) ." }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Finds the images of the selection on this engine.
  private func findImages(_ prepared: inout Prepared) async throws {
    for (identity, name) in selection.images {
      let found = try await image(identity, name)
      prepared.imageIDs.append(found.id)
      prepared.names[identity] = found.tags.sorted()
      prepared.index.images.append(
        ArchiveIndex.Image(
          identity: identity.description, id: found.id, layers: found.layers,
          names: found.tags.sorted()))
    }
  }

  private func image(
    _ identity: SHA256Digest, _ name: String?
  ) async throws -> ImageInspection {
    for text in [identity.description, name].compactMap({ $0 }) {
      do {
        let found = try await client.engine.inspectImage(text)
        if ImageIdentity(found).isSame(as: identity, snapshot: layers(of: identity)) {
          return found
        }
      } catch let error as EngineError where error.code == .notFound {
        continue
      }
    }
    throw SmartContainersError(
      .failed, "the image \(name ?? identity.description) is not on this engine any more",
      hint: "Load or pull the image with the id \(identity), or leave images out with --no-images.")
  }

  /// The layers of an image, as the history has them.
  private func layers(of identity: SHA256Digest) -> [String]? {
    let path = Snapshot.path(image: identity)
    guard let snapshot = selection.snapshots.first(where: { $0.path == path }),
      let json = try? JSONValue(parsing: snapshot.bytes)
    else { return nil }
    return json["RootFS"]?["Layers"]?.strings
  }

  /// Finds the inputs and outputs of the runs where they were, or in the history.
  private func findFiles(_ prepared: inout Prepared) async throws {
    let store = try await client.recorder.history.with { $0.content }
    let digester = FileDigester(
      cachePath: client.historyPath.appending("sc").appending("digests"))
    let (selection, start) = (selection, prepared)
    prepared = try await BlockingWork.run(cancellable: { isCancelled in
      var prepared = start
      for entry in selection.entries where entry.activity.operation.hasSuffix("run") {
        let activity = entry.activity
        var run = ArchiveIndex.Run(activity)
        for (role, list) in [(Role.input, \ArchiveIndex.Run.inputs), (.output, \.outputs)] {
          let found = ArchiveIndex.Run.files(of: activity, role)
          run[keyPath: list] = try found.map { file, link in
            let source = try Self.source(of: file, link, digester, store, isCancelled)
            return prepared.add(
              source, of: file, as: "\(role.rawValue)s/\(activity.id)\(file.hostPath)")
          }
        }
        prepared.index.runs.append(run)
      }
      return prepared
    })
  }

  /// Finds what the history kept besides: what the builds read, and archives of the engine.
  private func findKept(_ prepared: inout Prepared) async throws {
    let store = try await client.recorder.history.with { $0.content }
    for activity in selection.keepers {
      let links = ([activity] + activity.parts).flatMap { $0.used + $0.generated }
      for link in links where link.pointerPath != nil {
        guard let role = link.role, let name = Self.keptNames[role],
          let digest = IRI.digest(of: link.iri), let byteCount = link.byteCount
        else { continue }
        let content = LargeContent(digest: digest, byteCount: byteCount)
        let place = "kept/\(activity.id)/\(name)"
        let isHere = store.has(content)
        if isHere {
          let file = ArchivedFile(
            source: store.path(of: content), hostPath: name, digest: digest, byteCount: byteCount,
            description: "What \(activity.operation) \(activity.id.iri) kept")
          prepared.files[ExactPath(place)] = file
        } else {
          prepared.missing.append("\(name) of \(activity.operation) \(activity.id)")
        }
        prepared.index.kept.append(
          ArchiveIndex.Kept(
            activity: activity.id.iri, role: role.rawValue, path: isHere ? place : nil,
            digest: digest.description))
      }
    }
  }

  /// What the kept content of each role is called in an archive; that of runs has its own paths.
  private static let keptNames: [Role: String] = [
    .dockerfile: "Dockerfile", .buildContext: "context.tar", .archive: "archive.tar",
  ]

  private static func source(
    of file: ArchiveIndex.File, _ link: ActivityDocument.Link, _ digester: FileDigester,
    _ store: ContentStore, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ArchivedFile? {
    guard let digest = SHA256Digest(file.digest) else { return nil }
    let archived = { (source: FilePath) in
      ArchivedFile(
        source: source, hostPath: file.hostPath, digest: digest, byteCount: file.byteCount,
        isExecutable: link.isExecutable,
        description: "What a run \(link.role == .input ? "read" : "left") as \(file.hostPath)")
    }
    var status = stat()
    if stat(file.hostPath, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size == file.byteCount,
      try digester.digests(of: [file.hostPath], isCancelled: isCancelled).first?.digest == digest
    {
      return archived(FilePath(file.hostPath))
    }
    let content = LargeContent(digest: digest, byteCount: file.byteCount)
    return store.has(content) ? archived(store.path(of: content)) : nil
  }
}
