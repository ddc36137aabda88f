import Glibc
import SystemPackage

/// A folder that is about to be made, to be removed again when it cannot be filled.
package struct FolderInMaking: Sendable {
  private let path: FilePath

  /// The folders above it that are not there yet, the innermost first.
  private let missing: [FilePath]

  /// - Parameter path: where nothing is yet, or an empty folder.
  package init(_ path: FilePath) {
    self.path = path
    var missing: [FilePath] = []
    var parent = path.removingLastComponent()
    while !parent.isEmpty, FileOwner.of(parent) == nil {
      missing.append(parent)
      parent.removeLastComponent()
    }
    self.missing = missing
  }

  /// Removes it with what is in it, and those above that were made for it and have nothing else.
  package func remove() {
    Folder(path).removeAll()
    for folder in missing { rmdir(folder.string) }
  }
}
