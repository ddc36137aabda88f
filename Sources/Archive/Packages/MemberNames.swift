/// The names in one package, each of which is another one in every file system.
struct MemberNames {
  private struct Known {
    /// As it was written.
    let path: String
    let isFolder: Bool
    /// Whether it has a member of its own, and not only members below it.
    var isMember: Bool
  }

  private let limits: PackageLimits
  private var known: [String: Known] = [:]
  private var count = 0

  /// The folder whose ways are known: members of one folder mostly follow each other.
  private var lastFolder = ""

  /// Which of a repository's own names a folder has, where it has any.
  private var repositories: [String: Set<String>] = [:]

  init(_ limits: PackageLimits) { self.limits = limits }

  /// Takes a member's name; what is wrong with it, or nil.
  mutating func fault(of path: String, isFolder: Bool) -> String? {
    if let fault = MemberName.fault(in: path, limits) { return fault }
    count += 1
    guard count <= limits.members else { return "is one of more than \(limits.members)" }
    if let fault = takeFolders(above: path) { return fault }
    let folded = MemberName.folded(path)
    guard let other = known[folded] else {
      known[folded] = Known(path: path, isFolder: isFolder, isMember: true)
      return nil
    }
    if let fault = Self.clash(of: path, isFolder: isFolder, with: other) { return fault }
    guard !other.isMember else { return "is there twice" }
    known[folded]?.isMember = true
    return nil
  }

  private mutating func takeFolders(above path: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      lastFolder = ""
      return nil
    }
    let folder = path[..<slash]
    if let fault = repositoryFault(path[path.utf8.index(after: slash)...], in: folder) {
      return fault
    }
    guard !lastFolder.utf8.elementsEqual(folder.utf8) else { return nil }
    var above = ""
    for part in folder.pathParts {
      above += above.isEmpty ? String(part) : "/" + part
      if let fault = takeFolder(above) { return fault }
    }
    lastFolder = String(folder)
    return nil
  }

  private mutating func takeFolder(_ path: String) -> String? {
    let folded = MemberName.folded(path)
    if let other = known[folded] { return Self.clash(of: path, isFolder: true, with: other) }
    known[folded] = Known(path: path, isFolder: true, isMember: false)
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    guard let slash else { return nil }
    return repositoryFault(path[path.utf8.index(after: slash)...], in: path[..<slash])
  }

  /// A folder that has what a repository has is one to git, whatever it is called.
  private mutating func repositoryFault(_ name: Substring, in folder: Substring) -> String? {
    let own = MemberName.folded(name)
    guard ["head", "objects", "refs", "hooks"].contains(own) else { return nil }
    let names = repositories[MemberName.folded(folder), default: []].union([own])
    repositories[MemberName.folded(folder)] = names
    return names.count == 4 ? "makes its folder a repository with hooks, which git would run" : nil
  }

  private static func clash(of path: String, isFolder: Bool, with other: Known) -> String? {
    guard other.path.utf8.elementsEqual(path.utf8) else {
      return "has the name of '\(MemberName.shown(other.path))' but for case or Unicode form"
    }
    guard other.isFolder == isFolder else { return "is a file and a folder" }
    return nil
  }
}
