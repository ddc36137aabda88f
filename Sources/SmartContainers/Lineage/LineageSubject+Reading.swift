import Canonical
import Glibc
import SystemPackage

extension LineageSubject.File {
  /// Looks at a path, and takes the digest of what is in the file there, however large it is.
  ///
  /// - Parameter progress: takes the number of bytes that came.
  /// - Throws: `SmartContainersError` for what cannot be read or is neither file nor folder.
  public static func look(
    at path: FilePath, _ progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> Self {
    var status = stat()
    guard stat(path.string, &status) == 0 else {
      let reason = Errno(rawValue: errno)
      guard
        reason == .noSuchFileOrDirectory || reason == .notDirectory || reason == .fileNameTooLong
      else { throw unreadable(path, reason) }
      return Self(path: path, digest: nil, isThere: false)
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return Self(path: path, digest: nil)
    case S_IFREG: break
    default:
      throw SmartContainersError(
        .failed, "\(path) is neither a file nor a folder",
        hint: "Name a file, an image, a container or an activity.")
    }
    var hasher = SHA256Hasher()
    do {
      let source = try FileSource(opening: path)
      while let chunk = try await source.next() {
        hasher.update(chunk)
        progress(chunk.count)
      }
    } catch let error as Errno {
      throw unreadable(path, error)
    }
    return Self(path: path, digest: hasher.finalize())
  }

  private static func unreadable(_ path: FilePath, _ reason: Errno) -> SmartContainersError {
    SmartContainersError(
      .failed, "\(path) cannot be read: \(reason)", hint: "Check its owner and its mode.",
      cause: reason)
  }
}
