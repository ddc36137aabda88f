/// One file or folder of a package.
package struct PackageMember: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case file, folder
  }

  /// The path from the package's one folder, whose name is its first part; without a slash at the
  /// end.
  package let path: String

  package let kind: Kind

  /// The bytes of a file; 0 for a folder.
  package let size: Int64

  /// Whether it may be run.
  package let isExecutable: Bool

  package init(path: String, kind: Kind, size: Int64, isExecutable: Bool = false) {
    self.path = path
    self.kind = kind
    self.size = size
    self.isExecutable = isExecutable
  }

  /// The path below the package's folder; empty for that itself.
  package var pathInFolder: String {
    path.utf8.firstIndex(of: UInt8(ascii: "/"))
      .map { String(path[path.utf8.index(after: $0)...]) } ?? ""
  }
}
