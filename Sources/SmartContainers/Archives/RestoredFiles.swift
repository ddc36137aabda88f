import Archive
import Canonical
import Glibc
import History
import SystemPackage

/// The files of an archive, and where each goes.
struct RestoredFiles: Sendable {
  /// The folder that the files of the runs had in common.
  let originalFolder: String
  private let folder: FilePath

  /// The inputs that no run of the archive makes, by their paths below `data/`: where each goes, and
  /// its digest.
  private let inputs: [String: (targets: [String], digest: String)]

  /// What the history keeps, by the paths below `data/`: the outputs, what it kept before, and inputs
  /// that are not placed.
  private let contents: Set<String>

  /// The inputs that are not placed, because git would read them as its own; a rerun has them from the
  /// history.
  let unplaced: [String]

  /// - Throws: `SmartContainersError` for a path that leads out of the folder.
  init(_ index: ArchiveIndex, into folder: FilePath) throws(SmartContainersError) {
    self.folder = folder
    let all = index.runs.flatMap { $0.inputs + $0.outputs }
    for file in all
    where !FilePath(file.hostPath).lexicallyNormalized().string.isPath(file.hostPath)
      || !file.hostPath.isBeneath("/") || file.hostPath.utf8.first != UInt8(ascii: "/")
    {
      throw SmartContainersError(
        .failed, "the archive has a file with a path that is none: \(file.hostPath)")
    }
    let folders = all.map { FilePath($0.hostPath).removingLastComponent().string }
    originalFolder =
      (folders + index.runs.filter(\.hasFileInFolder).map(\.folder)).commonFolder ?? folder.string
    var inputs: [String: (targets: [String], digest: String)] = [:]
    var (unplaced, kept): (Set<ExactPath>, Set<String>) = ([], [])
    var targets: [ExactPath: String] = [:]
    var made: Set<ExactPath> = []
    for run in index.runs {
      for file in run.inputs {
        guard let path = file.path, !made.contains(ExactPath(file.hostPath)) else { continue }
        guard let target = try Self.target(of: file.hostPath, from: originalFolder, in: folder)
        else {
          unplaced.insert(ExactPath(file.hostPath))
          kept.insert(path)
          continue
        }
        // Of several runs that read other versions of it the last one's stays.
        if let other = targets.updateValue(path, forKey: ExactPath(target)) {
          inputs[other]?.targets.removeAll { $0.isPath(target) }
        }
        inputs[path, default: (targets: [], digest: file.digest)].targets.append(target)
      }
      made.formUnion(run.outputs.map { ExactPath($0.hostPath) })
    }
    self.inputs = inputs
    contents = Set(
      index.runs.flatMap { $0.outputs.compactMap(\.path) } + index.kept.compactMap(\.path) + kept)
    self.unplaced = unplaced.sorted().map(\.text)
  }

  /// Where a file of then goes; nil where git would read it as its own, or a file system as another.
  ///
  /// - Throws: `SmartContainersError` for what lies elsewhere, or would be read as a history.
  private static func target(
    of path: String, from originalFolder: String, in folder: FilePath
  ) throws(SmartContainersError) -> String? {
    let target = path.moved(from: originalFolder, to: folder.string)
    let inside = target.path(after: folder.string == "/" ? 1 : folder.string.utf8.count + 1)
    let isOurs = inside.lowercased().utf8.split(separator: UInt8(ascii: "/"))
      .contains { $0.elementsEqual(HistoryLocation.name.utf8) }
    guard target.isBeneath(folder.string), !target.isPath(folder.string), !isOurs else {
      throw SmartContainersError(
        .failed,
        "the archive has a file that lies outside of \(folder), or in a history: "
          + MemberName.shown(path),
        hint: "Nothing was placed.")
    }
    return MemberName.fault(in: inside, PackageLimits()) == nil ? target : nil
  }

  /// Looks for what is in the way.
  func check(replaces: Bool, _ isCancelled: @escaping @Sendable () -> Bool) throws {
    for target in inputs.values.flatMap(\.targets) { try requirePlainFolders(above: target) }
    let inTheWay = try inputs.values.flatMap { file in
      try file.targets.filter { target in
        var status = stat()
        guard lstat(target, &status) == 0 else { return false }
        guard status.st_mode & S_IFMT == S_IFREG else { return true }
        let found = try FileDigester(cachePath: nil).digests(
          of: [target], isCancelled: isCancelled
        ).first
        return !replaces && found?.digest.description != file.digest
      }
    }
    guard inTheWay.isEmpty else {
      throw SmartContainersError(
        .failed, "there is another \(inTheWay.sorted().joined(separator: ", "))",
        hint: "Restore into another folder, or replace what is there with --force.")
    }
  }

  /// A link on the way would lead somewhere else.
  private func requirePlainFolders(above target: String) throws(SmartContainersError) {
    var path = FilePath(target).removingLastComponent()
    while path != folder, path.string.isBeneath(folder.string) {
      var status = stat()
      if lstat(path.string, &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
        throw SmartContainersError(
          .failed, "\(path) is a link, and a file of the archive would go through it",
          hint: "Restore into another folder.")
      }
      path.removeLastComponent()
    }
  }

  /// Places the inputs, each checked once more as it comes.
  ///
  /// - Parameter isCancelled: asked between the pieces of files.
  /// - Returns: their paths.
  /// - Throws: also `CancellationError`; then nothing is placed.
  func place(
    from archive: FilePath, _ bag: BagReport, _ limits: PackageLimits,
    _ isCancelled: () -> Bool
  ) throws -> [String] {
    let staging = try StagingFolder(in: folder, hint: "Restore into another folder with --into.")
    defer { staging.remove() }
    let reader = try PackageReader(archive, limits: limits)
    var arrived: [(path: FilePath, target: String)] = []
    while let member = try reader.next() {
      guard let (targets, digest) = inputs[Self.payload(member)], let first = targets.first else {
        continue
      }
      let path = staging.path.appending("\(arrived.count)")
      try Self.write(reader, to: path, isExecutable: member.isExecutable, digest, isCancelled)
      arrived.append((path: path, target: first))
      for target in targets.dropFirst() {
        let copy = staging.path.appending("\(arrived.count)")
        try FileCopy.make(
          at: copy.string, isExecutable: member.isExecutable,
          of: FileDescriptor.open(path, .readOnly, options: .closeOnExec))
        arrived.append((path: copy, target: target))
      }
    }
    for (path, target) in arrived { try StagingFolder.move(path, to: FilePath(target)) }
    return arrived.map(\.target).sorted()
  }

  /// Keeps the bytes of the outputs in a history, to be compared with those of a rerun, and what
  /// the history kept before.
  ///
  /// - Parameter isCancelled: asked between the pieces of files.
  func keepContents(
    of archive: FilePath, _ limits: PackageLimits, in store: ContentStore,
    _ isCancelled: () -> Bool
  ) throws {
    guard !contents.isEmpty else { return }
    let reader = try PackageReader(archive, limits: limits)
    while let member = try reader.next() {
      guard contents.contains(Self.payload(member)) else { continue }
      let draft = try store.begin()
      var hasher = SHA256Hasher()
      while let chunk = try reader.chunk() {
        guard !isCancelled() else { throw CancellationError() }
        hasher.update(chunk)
        try draft.append(Array(chunk))
      }
      try draft.keep(as: LargeContent(digest: hasher.finalize(), byteCount: member.size))
    }
  }

  private static func payload(_ member: PackageMember) -> String {
    String(member.pathInFolder.dropFirst("data/".utf8.count))
  }

  private static func write(
    _ reader: PackageReader, to path: FilePath, isExecutable: Bool, _ digest: String,
    _ isCancelled: () -> Bool
  ) throws {
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
      permissions: FilePermissions(rawValue: isExecutable ? 0o755 : 0o644))
    var hasher = SHA256Hasher()
    try file.closeAfter {
      while let chunk = try reader.chunk() {
        guard !isCancelled() else { throw CancellationError() }
        hasher.update(chunk)
        try file.writeAll(chunk)
      }
    }
    guard hasher.finalize().description == digest else {
      throw SmartContainersError(
        .failed, "the archive changed while it was restored", hint: "Try again.")
    }
  }
}

extension ArchiveIndex.Run {
  /// Whether one of its files lies in the folder that it began in.
  fileprivate var hasFileInFolder: Bool {
    folder.utf8.first == UInt8(ascii: "/")
      && (inputs + outputs).contains { $0.hostPath.isBeneath(folder) }
  }
}
