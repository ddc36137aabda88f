import Archive
import DockerEngine
import Glibc
import Provenance
import Synchronization
import SystemPackage

/// How a copy is made.
public struct CopyOptions: Sendable {
  /// Whether a symbolic link is copied as what it leads to.
  public var followsLink = false

  /// Whether owners and groups are kept.
  public var keepsOwners = false

  /// Whether the archive that leaves a container is kept in the history.
  public var keepsContent = false

  public init() {}
}

extension Client {
  /// Copies a file or folder out of a container, as `docker cp` does, and records it.
  ///
  /// - Parameters:
  ///   - source: the path in the container; `folder/.` means what is in the folder.
  ///   - destination: the path here, absolute; a slash at its end means a folder.
  /// - Throws: `EngineError`; `SmartContainersError` when the destination makes no sense or a
  ///   member of the archive would land elsewhere.
  public func copy(
    from container: String, _ source: String, to destination: String,
    options: CopyOptions = CopyOptions()
  ) async throws {
    let source = try await resolved(source, in: container, follows: options.followsLink)
    let stat = try await engine.pathStat(in: container, at: source.path)
    let target = try Self.target(of: destination)
    let place = try CopyDestination(
      copying: source.isContents ? source.path + "/." : source.path, isFolder: stat.isFolder,
      to: target.path, which: target.kind)
    let base = FilePath(place.folder).appending(place.name)
    try Self.requireNoHistory(base.string)
    do {
      let extraction = try TarExtraction(
        into: FilePath(place.folder), as: place.name, keepsOwners: options.keepsOwners
      ) { member in !FileSelection.isInHistory(base.pushing(FilePath(member)).string) }
      try await archive(
        of: container, path: source.path, keep: options.keepsContent
      ) { _, body in
        try await extraction.extract(body)
        // The engine keeps the container locked until the archive is read to its end.
        for try await _ in body {}
      }
    } catch let error as ArchiveError {
      throw SmartContainersError(.failed, error.message, cause: error)
    }
  }

  /// Nothing goes into a history but by its own commands, and nothing leaves it: it has a key in it.
  private static func requireNoHistory(_ path: String) throws(SmartContainersError) {
    guard FileSelection.isInHistory(path) else { return }
    throw SmartContainersError(
      .failed, "\(path) is a history, or in one", hint: "Copy what lies beside it.")
  }

  /// Copies a file or folder into a container, as `docker cp` does, and records it.
  ///
  /// - Parameters:
  ///   - source: the path here, absolute; `folder/.` means what is in the folder.
  ///   - destination: the path in the container; a slash at its end means a folder.
  public func copy(
    _ source: String, to container: String, _ destination: String,
    options: CopyOptions = CopyOptions()
  ) async throws {
    var status = Glibc.stat()
    let isThere =
      options.followsLink ? stat(source, &status) == 0 : lstat(source, &status) == 0
    guard isThere else {
      throw SmartContainersError(
        .usage, "\(source) cannot be read: \(Errno(rawValue: errno))")
    }
    let wanted = try await resolved(destination, in: container, follows: true)
    let isFolderTyped = destination.hasSuffix("/") && !wanted.path.hasSuffix("/")
    let place = try CopyDestination(
      copying: source, isFolder: status.st_mode & S_IFMT == S_IFDIR,
      to: wanted.path + (isFolderTyped ? "/" : ""),
      which: try await kind(of: wanted.path, in: container))
    try Self.requireNoHistory(source)
    do {
      let archive = try TarStream.copy(
        of: FilePath(source), as: place.name, followsLink: options.followsLink,
        omits: HistoryStore.isHistory)
      let origin = Location.file(host: hostID, path: source)
      try await recordedEngine(OperationNotes(origin: origin)).extract(
        into: container, at: place.folder, keepsKinds: true, keepsOwners: options.keepsOwners
      ) { try await archive.next() }
    } catch let error as ArchiveError {
      throw SmartContainersError(.failed, error.message, cause: error)
    }
  }

  /// Extracts a tar archive into a folder of a container, and records it.
  ///
  /// The engine would take bytes that are no archive for an empty one, so the first of them are
  /// looked at; and as it lets nobody else read the container meanwhile, it is asked only when
  /// there are any.
  ///
  /// - Throws: `SmartContainersError` when it is no archive; then nothing was asked for.
  public func extract(
    _ source: ArchiveSource, into container: String, at path: String,
    options: CopyOptions = CopyOptions()
  ) async throws {
    try await read(source) { archive, origin in
      try await extract(archive, from: origin, into: container, at: path, options: options)
    }
  }

  private func extract(
    _ archive: @escaping ByteSource, from origin: Location, into container: String,
    at path: String, options: CopyOptions
  ) async throws {
    var beginning: [UInt8] = []
    while beginning.count < 512, let chunk = try await archive() { beginning += chunk }
    var counter = TarMemberCounter()
    counter.update(beginning)
    guard counter.isArchive, beginning.count >= 512 else {
      throw SmartContainersError(.failed, "what was to be copied is no tar archive")
    }
    let first = Mutex<[UInt8]?>(beginning)
    try await recordedEngine(OperationNotes(origin: origin)).extract(
      into: container, at: path, keepsOwners: options.keepsOwners
    ) {
      let chunk = first.withLock { first in
        defer { first = nil }
        return first
      }
      if let chunk { return chunk }
      return try await archive()
    }
  }

  /// A path in a container, absolute and without the sign for contents; where it is a link that
  /// is to be followed, what it leads to.
  private func resolved(
    _ path: String, in container: String, follows: Bool
  ) async throws -> (path: String, isContents: Bool) {
    let isContents = path == "." || path.hasSuffix("/.")
    let split = CopyDestination.split("/" + path)
    var place =
      split.name == "." ? "/" : (split.folder == "/" ? "" : split.folder) + "/" + split.name
    guard follows || isContents else { return (place, isContents) }
    // An engine tells a link as itself.
    for _ in 0..<40 {
      guard let stat = try? await engine.pathStat(in: container, at: place), stat.isSymbolicLink
      else { break }
      let folder = CopyDestination.split(place).folder
      place = stat.linkTarget.hasPrefix("/") ? stat.linkTarget : "\(folder)/\(stat.linkTarget)"
    }
    return (place, isContents)
  }

  private func kind(
    of path: String, in container: String
  ) async throws -> CopyDestination.Kind {
    do {
      return try await engine.pathStat(in: container, at: path).isFolder ? .folder : .file
    } catch let error as EngineError where error.code == .notFound {
      // It may be the container that is not there.
      _ = try await engine.inspectContainer(container)
      return .absent
    }
  }

  /// What a path here leads to, and where that is: a link to a file stays, and the file is
  /// replaced.
  private static func target(
    of path: String
  ) throws(SmartContainersError) -> (path: String, kind: CopyDestination.Kind) {
    var status = Glibc.stat()
    guard stat(path, &status) == 0 else { return (path, .absent) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return (path, .folder)
    case S_IFREG:
      let real = realpath(path, nil)
      defer { free(real) }
      return (real.map { String(cString: $0) } ?? path, .file)
    default:
      throw SmartContainersError(
        .usage, "\(path) is a device or a pipe",
        hint: "Name a file or a folder, or write to standard output with - as the destination.")
    }
  }
}
