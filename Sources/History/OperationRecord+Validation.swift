extension OperationRecord {
  /// Refuses what neither the journal nor git could give back as it was.
  func validate() throws(HistoryError) {
    try Self.requireText(document, activityPath)
    for snapshot in snapshots {
      try Self.validate(path: snapshot.path)
      if let content = snapshot.content { try Self.requireText(content, snapshot.path) }
    }
  }

  private static func requireText(_ bytes: [UInt8], _ path: String) throws(HistoryError) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw HistoryError(code: .invalid, message: "not UTF-8 text: \(path)")
    }
  }

  /// Refuses paths that git refuses, or that would leave the tree: such a path could only
  /// have come from a name that somebody else chose.
  static func validate(path: String) throws(HistoryError) {
    // By bytes: by characters a whole history would take ten times as long.
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isFine = parts.allSatisfy { part in
      !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        && !part.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }
        && !isGitFolder(part)
    }
    guard isFine else {
      throw HistoryError(
        code: .invalid, message: "not a path in a history: \(path.debugDescription)")
    }
  }

  /// Whether git would take a name for its own folder, on a file system that knows no case.
  private static func isGitFolder(_ name: Substring.UTF8View) -> Bool {
    name.count == 4 && Substring(name).lowercased() == ".git"
  }
}
