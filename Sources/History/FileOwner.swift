import Glibc
import SystemPackage

/// What stands at a path, and whose it is.
enum FileOwner: Equatable {
  case file
  case folder(isOurs: Bool)
  case refused(Errno)

  /// Looks at a path, through symbolic links; nil when nothing is there.
  static func of(_ path: FilePath) -> FileOwner? {
    var status = stat()
    guard stat(path.string, &status) == 0 else {
      let error = Errno(rawValue: errno)
      return error == .noSuchFileOrDirectory ? nil : .refused(error)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { return .file }
    return .folder(isOurs: status.st_uid == geteuid())
  }

  /// Why a file cannot be read; nil when it can.
  static func refusal(toRead path: FilePath) -> Errno? {
    access(path.string, R_OK) == 0 ? nil : Errno(rawValue: errno)
  }
}
