/// What a name of a package's member may be, in whatever file system it is unpacked.
package enum MemberName {
  /// A name as it can stand in a message: without what steers a terminal or turns text around.
  package static func shown(_ name: some StringProtocol) -> String {
    var shown = ""
    for scalar in name.unicodeScalars.prefix(200) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        shown += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return name.unicodeScalars.count > 200 ? shown + "…" : shown
  }

  /// What is wrong with a path by itself; nil for nothing.
  ///
  /// - Parameter path: without the slash that says of a folder that it is one.
  package static func fault(in path: String, _ limits: PackageLimits) -> String? {
    guard !path.isEmpty else { return "has no name" }
    guard path.utf8.count <= limits.pathLength else {
      return "has a path of more than \(limits.pathLength) bytes"
    }
    guard path.utf8.first != UInt8(ascii: "/") else { return "has an absolute path" }
    var parent: Substring?
    for name in path.pathParts {
      if let fault = fault(inName: name, limits) ?? fault(of: name, in: parent) { return fault }
      parent = name
    }
    return nil
  }

  private static func fault(inName name: Substring, _ limits: PackageLimits) -> String? {
    guard !name.isEmpty else { return "has an empty part in its path" }
    guard name.utf8.count <= limits.nameLength else {
      return "has a name of more than \(limits.nameLength) bytes"
    }
    guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { return "has a control character in its name" }
    // Windows parts paths here, too.
    for part in name.unicodeScalars.split(
      separator: "\\", omittingEmptySubsequences: false
    ).map({ Substring($0) }) {
      if part == "." || part == ".." { return "has '\(part)' in its path" }
      if isGitFolder(part) { return "would be read by git, as a repository" }
    }
    return nil
  }

  /// Git runs what is in the hooks of a repository.
  private static func fault(of name: Substring, in parent: Substring?) -> String? {
    guard let parent, folded(name) == "hooks" else { return nil }
    let folder = folded(parent)
    return folder.utf8.suffix(4).elementsEqual(".git".utf8) || folder == ".sc"
      ? "would be run by git, as a hook" : nil
  }

  /// Whether some file system takes the name for `.git`.
  ///
  /// HFS+ ignores some characters; NTFS ignores dots and spaces at the end, has streams after a
  /// colon, and short names. Source: git, path.c `is_ntfs_dotgit` and utf8.c `is_hfs_dotgit`.
  private static func isGitFolder(_ name: Substring) -> Bool {
    var scalars = name.unicodeScalars.filter { !isIgnorable($0) }[...]
    if let colon = scalars.firstIndex(of: ":") { scalars = scalars[..<colon] }
    while let last = scalars.last, last == "." || last == " " { scalars.removeLast() }
    let plain = String(String.UnicodeScalarView(scalars)).lowercased()
    return plain == ".git" || plain == "git~1"
  }

  private static func isIgnorable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
    default: false
    }
  }

  /// What is equal of two names that some file system takes for one: upper and lower case are,
  /// and so are forms of one character, which Swift compares as equal.
  package static func folded(_ name: some StringProtocol) -> String {
    let isPlain = name.utf8.allSatisfy {
      $0 < 0x80 && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
    }
    // Upper case first: it joins the forms of one letter, such as the two small sigmas.
    return isPlain ? String(name) : name.uppercased().lowercased()
  }
}
