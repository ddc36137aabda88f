import Glibc
import SystemPackage

/// Removes a folder with all that is in it, without following a link.
enum FolderRemoval {
  /// Removes as much as can be.
  static func remove(_ path: FilePath) {
    let folder = path.withPlatformString {
      open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    }
    if folder >= 0 {
      empty(folder)
      _ = path.withPlatformString { rmdir($0) }
    } else {
      _ = path.withPlatformString { unlink($0) }
    }
  }

  /// Whether there is nothing in it.
  static func isEmpty(_ path: FilePath) -> Bool {
    guard let stream = path.withPlatformString({ opendir($0) }) else { return false }
    defer { closedir(stream) }
    return names(stream).isEmpty
  }

  /// Removes what is in an open folder, and closes it.
  private static func empty(_ folder: Int32) {
    guard let stream = fdopendir(folder) else {
      close(folder)
      return
    }
    defer { closedir(stream) }
    for name in names(stream) {
      name.withUnsafeBufferPointer { name in
        guard let start = name.baseAddress else { return }
        guard unlinkat(folder, start, 0) != 0 else { return }
        let inner = openat(folder, start, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if inner >= 0 { empty(inner) }
        unlinkat(folder, start, AT_REMOVEDIR)
      }
    }
  }

  /// The names in a folder, each with the zero at its end.
  private static func names(_ stream: OpaquePointer) -> [[CChar]] {
    var names: [[CChar]] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard name != [UInt8(ascii: ".")], name != Array("..".utf8) else { continue }
      names.append(name.map { CChar(bitPattern: $0) } + [0])
    }
    return names
  }
}
