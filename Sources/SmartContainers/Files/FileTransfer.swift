import Archive
import Canonical
import DockerEngine
import Glibc
import Provenance
import SystemPackage

/// How the declared files of one run get into its container and out of it.
///
/// What the run's own mounts have is there already. Otherwise an input is mounted at its own path,
/// read-only, and an output is copied out when the run is over, so that it belongs to the user
/// and nothing that was not declared is seen or left. Inputs are copied in, too, where the engine
/// does not see the files of this host, and where the run writes to them.
struct FileTransfer: Sendable {
  /// A file or folder, here and in the container.
  struct Placement: Sendable {
    /// Where its bytes are.
    let hostPath: String
    let containerPath: String

    /// Where the user has it, or had it.
    let name: String

    init(hostPath: String, containerPath: String, name: String? = nil) {
      self.hostPath = hostPath
      self.containerPath = containerPath
      self.name = name ?? hostPath
    }
  }

  /// An output that was declared.
  struct Output: Sendable {
    /// What it is called here, and in the container.
    let pattern: PathPattern
    let containerPattern: PathPattern

    /// Whether a mount of the run's own has it.
    let isMounted: Bool
  }

  /// The paths and patterns that were declared, absolute.
  let declaredInputs: [PathPattern]
  let outputs: [Output]
  var inputs: [RunFile]

  /// Where the run begins, unless it says so itself.
  let workingFolder: String

  /// The histories in the folders that are mounted, where the container has them: it sees an empty
  /// folder there.
  private let masked: [String]

  /// The inputs that are mounted, and those that are copied.
  let mounted: [Placement]
  let copied: [Placement]

  /// Of the file that remembers digests.
  let cachePath: FilePath

  /// What there was before of the outputs that a mount has: what stays as it was, no run left.
  private let before: [ExactPath: DigestCache.Key]

  /// Looks at the inputs.
  ///
  /// - Parameters:
  ///   - isLocal: whether the engine sees the files of this host.
  ///   - cachePath: of the file that remembers digests.
  /// - Throws: `SmartContainersError` of code `usage` when one is missing, and when the root folder is
  ///   declared.
  static func prepare(
    _ declared: RunFiles, for host: HostConfiguration, from workingFolder: FilePath,
    isLocal: Bool, cachePath: FilePath, onProgress: @escaping @Sendable (Int) -> Void
  ) async throws -> FileTransfer {
    let mounts = BindMounts(host)
    let outputs = declared.outputs.map { name in
      Output(PathPattern(name, from: workingFolder), mounts)
    }
    guard !outputs.contains(where: { $0.pattern.isRoot }) else {
      throw SmartContainersError(
        .usage, "the root folder cannot be an output",
        hint: "Name what the run leaves of it. Nothing was run.")
    }
    for output in outputs where FileSelection.isInHistory(output.pattern.literal) {
      throw SmartContainersError(
        .usage, "the output \(output.pattern.literal) is in a history",
        hint: "Declare what lies beside it. Nothing was run.")
    }
    let patterns = declared.inputs.map { PathPattern($0, from: workingFolder) }
    return try await BlockingWork.run(cancellable: { isCancelled in
      let selection = try FileSelection(patterns)
      guard selection.missing.isEmpty else {
        let names = zip(declared.inputs, patterns).filter { selection.missing.contains($1) }
        throw SmartContainersError(
          .usage, "the input \(names.map(\.0).joined(separator: ", ")) is not there",
          hint: "Check the path; it begins at the working folder. Nothing was run.")
      }
      let digester = FileDigester(cachePath: cachePath, onProgress: onProgress)
      let inputs = try digester.files(of: selection, isCancelled: isCancelled) { path in
        mounts.containerPath(of: path) ?? path
      }
      let unmounted = selection.roots.map(\.path).filter { mounts.containerPath(of: $0) == nil }
        .map { Placement(hostPath: $0, containerPath: $0) }
      return try FileTransfer(
        declaredInputs: patterns, outputs: outputs, inputs: inputs,
        workingFolder: mounts.containerPath(of: workingFolder.string) ?? workingFolder.string,
        placing: unmounted, histories: selection.histories,
        copiesAll: !isLocal || declared.copiesInputs, cachePath: cachePath)
    })
  }

  /// Blocks for a moment: it looks at what there is of the outputs that a mount has.
  ///
  /// - Parameters:
  ///   - placements: the inputs that no mount of the run's own has.
  ///   - histories: in the folders among them, where this host has them.
  ///   - copiesAll: whether none of them is mounted.
  init(
    declaredInputs: [PathPattern], outputs: [Output], inputs: [RunFile], workingFolder: String,
    placing placements: [Placement], histories: [String], copiesAll: Bool, cachePath: FilePath
  ) throws {
    let isCopied = { (place: Placement) in
      copiesAll || outputs.contains { $0.touches(place) }
    }
    self.declaredInputs = declaredInputs
    self.outputs = outputs
    self.inputs = inputs
    self.workingFolder = workingFolder
    self.cachePath = cachePath
    let mounted = placements.filter { !isCopied($0) }
    self.mounted = mounted
    masked = histories.compactMap { history in
      mounted.first { history.isBeneath($0.hostPath) }.map {
        history.moved(from: $0.hostPath, to: $0.containerPath)
      }
    }
    copied = placements.filter(isCopied)
    before = try FileSelection(outputs.filter(\.isMounted).map(\.pattern)).keys
  }

  /// The specification with what is mounted, and with the working folder of this host unless it
  /// has one of its own.
  func applied(to specification: ContainerSpecification) -> ContainerSpecification {
    var specification = specification
    specification.workingDirectory = specification.workingDirectory ?? workingFolder
    for place in mounted {
      specification.host.mounts.append([
        "Type": "bind", "Source": .string(place.hostPath),
        "Target": .string(place.containerPath), "ReadOnly": true,
      ])
    }
    for path in masked { specification.host.mounts.append(Self.mask(at: path)) }
    return specification
  }

  /// The mount that hides a history.
  static func mask(at path: String) -> JSONValue {
    ["Type": "tmpfs", "Target": .string(path), "ReadOnly": true]
  }

  /// Copies what is not mounted into a container that does not run yet, and makes the folders that
  /// the outputs are to be in.
  func send(to container: String, _ engine: EngineClient) async throws {
    for place in copied {
      let archive = try TarStream.copy(
        of: FilePath(place.hostPath), as: String(place.containerPath.dropFirst()),
        followsLink: true, omits: HistoryStore.isHistory)
      try await engine.extract(into: container, at: "/") { try await archive.next() }
    }
    let folders = Set(outputs.filter { !$0.isMounted }.map(\.containerFolder)).subtracting(["/"])
    guard !folders.isEmpty else { return }
    // The folders belong to the container's root; who else runs there must be able to write.
    let user = try await engine.inspectContainer(container).json["Config"]?["User"]?.string ?? ""
    let isRoot = ["", "0", "root"].contains(user.prefix { $0 != ":" })
    for folder in folders.sorted() {
      if isRoot, (try? await engine.pathStat(in: container, at: folder)) != nil { continue }
      let archive = TarStream { (writer) throws(ArchiveError) in
        try writer.add(
          TarEntry(
            path: Array(folder.dropFirst().utf8), kind: .folder, mode: isRoot ? 0o755 : 0o777,
            modified: 0))
      }
      try await engine.extract(into: container, at: "/") { try await archive.next() }
    }
  }

  /// Takes the outputs out of a container that has ended.
  ///
  /// - Parameters:
  ///   - arrival: called for each that was copied before it gets its name, with the path that it
  ///     has meanwhile; nothing gets its name when that says so.
  ///   - staging: the folder in which they arrive; nil for the one that each is to be in.
  /// - Returns: what there was, and what was declared and is missing.
  /// - Throws: also when they cannot be written here; the container has them still.
  func receive(
    from container: String, _ engine: EngineClient, stagingIn staging: FilePath? = nil,
    arrival: @escaping @Sendable ([OutputCopy.Arrival]) throws -> Bool = { _ in true }
  ) async throws -> (files: [RunFile], missing: [PathPattern]) {
    var files: [RunFile] = []
    var missing: [PathPattern] = []
    for output in outputs {
      let path = output.pattern.literal
      guard !files.contains(where: { $0.content.kind == .folder && path.isBeneath($0.hostPath) })
      else { continue }
      let found =
        if output.isMounted {
          try await look(at: output)
        } else {
          try await OutputCopy(output, from: container, engine).files(stagingIn: staging, arrival)
        }
      if found.isEmpty { missing.append(output.pattern) }
      files += found.filter { new in !files.contains { $0.hostPath.isPath(new.hostPath) } }
    }
    return (files, missing)
  }

  /// What a run left on this host by a mount of its own.
  private func look(at output: Output) async throws -> [RunFile] {
    try await BlockingWork.run(cancellable: { [cachePath, before] isCancelled in
      let selection = try FileSelection([output.pattern]).without(before)
      let (here, there) = (output.pattern.folder, output.containerPattern.folder)
      return try FileDigester(cachePath: cachePath).files(
        of: selection, isCancelled: isCancelled
      ) { $0.moved(from: here, to: there) }
    })
  }
}

extension FileTransfer.Output {
  /// An output where the mounts have it.
  init(_ pattern: PathPattern, _ mounts: BindMounts) {
    let inside = mounts.containerPattern(of: pattern)
    self.init(
      pattern: pattern, containerPattern: inside ?? pattern, isMounted: inside != nil)
  }

  /// The folder that a program expects to find for it.
  fileprivate var containerFolder: String {
    containerPattern.meansFolder ? containerPattern.literal : containerPattern.folder
  }

  /// Whether a run that leaves it may write to that place.
  func touches(_ place: FileTransfer.Placement) -> Bool {
    let path = containerPattern.isPattern ? containerPattern.folder : containerPattern.literal
    // A pattern means what is not there yet: only a folder that it reaches into is in question.
    return path.isBeneath(place.containerPath)
      || !containerPattern.isPattern && place.containerPath.isBeneath(path)
  }
}
