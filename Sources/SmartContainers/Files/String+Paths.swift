import SystemPackage

// Paths as systems have them, by bytes: to Swift's strings both Unicode forms of a name are equal, a
// slash with a combining character behind it is none, and characters are fewer than bytes.
extension String {
  /// Whether this path, absolute and normal, is in that folder or is it.
  func isBeneath(_ folder: String) -> Bool {
    guard folder != "/" else { return true }
    guard utf8.starts(with: folder.utf8) else { return false }
    let rest = utf8.dropFirst(folder.utf8.count)
    return rest.isEmpty || rest.first == UInt8(ascii: "/")
  }

  /// Whether this is that path.
  func isPath(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  /// What of this path comes after one of so many bytes that it begins with.
  func path(after count: Int) -> String { String(Substring(utf8.dropFirst(count))) }

  /// This path of one folder in another.
  func moved(from source: String, to target: String) -> String {
    let moved =
      (target == "/" ? "" : target) + path(after: source == "/" ? 0 : source.utf8.count)
    return moved.isEmpty ? "/" : moved
  }
}

extension [String] {
  /// The innermost folder that all of these folders are in, or are; nil for none.
  var commonFolder: String? {
    guard let innermost = first else { return nil }
    var folder = FilePath(innermost)
    while !allSatisfy({ $0.isBeneath(folder.string) }), folder.lastComponent != nil {
      folder.removeLastComponent()
    }
    return folder.string
  }
}
