import Archive
import Canonical
import Dispatch
import Glibc
import Provenance
import Synchronization
import SystemPackage

/// Takes the digests of files, as many at once as there are processors.
///
/// It blocks: it is for threads of their own.
struct FileDigester: Sendable {
  /// What is known of a file once it was read.
  struct Finding: Sendable {
    var digest: SHA256Digest
    var byteCount: Int64
    var isExecutable: Bool
  }

  /// Where digests are remembered; nil for nowhere.
  let cachePath: FilePath?

  /// Called with the number of bytes that were read since the last time, from any thread.
  var onProgress: @Sendable (Int) -> Void = { _ in }

  private static let chunk = 1 << 20

  /// Takes the digest of each file, in their order.
  ///
  /// - Parameter isCancelled: asked between the pieces of a file.
  /// - Throws: `SmartContainersError` for one that cannot be read or changes while it is;
  ///   `CancellationError`.
  func digests(
    of paths: [String], isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> [Finding] {
    let start = Int64(time(nil))
    var cache = cachePath.map { DigestCache(at: $0) }
    let known = cache
    let results = Mutex<[Int: Result<(DigestCache.Key, Finding), any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: paths.count) { index in
      let result = Result { try finding(paths[index], known, isCancelled) }
      results.withLock { $0[index] = result }
    }
    let all = results.withLock { $0 }
    var findings: [Finding] = []
    for index in paths.indices {
      guard let (key, finding) = try all[index]?.get() else { continue }
      cache?.remember(finding.digest, of: key, at: start)
      findings.append(finding)
    }
    cache?.save()
    return findings
  }

  private func finding(
    _ path: String, _ cache: DigestCache?, _ isCancelled: () -> Bool
  ) throws -> (DigestCache.Key, Finding) {
    guard !isCancelled() else { throw CancellationError() }
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
    } catch {
      throw SmartContainersError(.failed, "\(path) cannot be read: \(error)")
    }
    defer { try? file.close() }
    var status = stat()
    guard fstat(file.rawValue, &status) == 0 else {
      throw SmartContainersError(.failed, "\(path) cannot be read: \(Errno(rawValue: errno))")
    }
    let key = DigestCache.Key(status)
    let digest = try cache?[key] ?? read(file, path, isCancelled)
    guard fstat(file.rawValue, &status) == 0, DigestCache.Key(status) == key else {
      throw SmartContainersError(
        .failed, "\(path) changed while it was read",
        hint: "Wait until whatever writes to it is done, and try again.")
    }
    return (
      key,
      Finding(
        digest: digest, byteCount: key.size, isExecutable: status.st_mode & S_IXUSR != 0)
    )
  }

  private func read(
    _ file: FileDescriptor, _ path: String, _ isCancelled: () -> Bool
  ) throws -> SHA256Digest {
    var hasher = SHA256Hasher()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 16)
    defer { buffer.deallocate() }
    posix_fadvise(file.rawValue, 0, 0, POSIX_FADV_SEQUENTIAL)
    while true {
      guard !isCancelled() else { throw CancellationError() }
      let count: Int
      do {
        count = try file.read(into: buffer)
      } catch {
        throw SmartContainersError(.failed, "\(path) cannot be read: \(error)")
      }
      guard count > 0 else { return hasher.finalize() }
      hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      onProgress(count)
    }
  }
}

extension FileDigester {
  /// What a selection has, each file and folder as it is now.
  ///
  /// - Parameter containerPath: where a container has a path of this host.
  func files(
    of selection: FileSelection, isCancelled: @escaping @Sendable () -> Bool = { false },
    containerPath: (String) -> String
  ) throws -> [RunFile] {
    let paths = selection.roots.flatMap(\.files)
    let findings = Dictionary(
      zip(paths.map { ExactPath($0) }, try digests(of: paths, isCancelled: isCancelled)),
      uniquingKeysWith: { $1 })
    var files: [RunFile] = []
    for root in selection.roots {
      let own = root.files.compactMap { path in
        findings[ExactPath(path)].map { (path: path, finding: $0) }
      }
      if root.isFolder {
        files.append(
          RunFile(
            content: Self.folder(own, at: root.path), hostPath: root.path,
            containerPath: containerPath(root.path)))
      }
      for (path, finding) in own {
        var content = Content(
          .file, digest: finding.digest, byteCount: finding.byteCount, path: path)
        content.isExecutable = finding.isExecutable
        content.mediaType = MediaType.ofFile(named: FilePath(path).lastComponent?.string ?? path)
        files.append(
          RunFile(content: content, hostPath: path, containerPath: containerPath(path)))
      }
    }
    return files
  }

  /// A folder is what `sha256sum` prints of its files, by their paths in it.
  private static func folder(
    _ files: [(path: String, finding: Finding)], at path: String
  ) -> Content {
    var hasher = SHA256Hasher()
    for file in files {
      let name = file.path.path(after: path.utf8.count + 1)
      hasher.update("\(file.finding.digest.hexadecimal)  \(name)\n".utf8)
    }
    return Content(
      .folder, digest: hasher.finalize(),
      byteCount: files.reduce(0) { $0 + $1.finding.byteCount }, path: path,
      memberCount: Int64(files.count))
  }
}
