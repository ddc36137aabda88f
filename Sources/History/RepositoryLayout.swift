import SystemPackage

/// Where things are in a `.sc` repository, beside what git itself keeps there.
struct RepositoryLayout: Sendable {
  let root: Folder

  /// What is not versioned.
  let local: Folder

  init(_ path: FilePath) {
    root = Folder(path)
    local = Folder(path.appending("sc"))
  }

  /// The intents and finished records that are not committed yet.
  var journal: Folder { Folder(local.file("journal")) }

  /// The entries whose commit is not synced yet.
  var committed: Folder { Folder(journal.file("committed")) }

  /// The entries that cannot be read.
  var corruptEntries: Folder { Folder(journal.file("corrupt")) }

  /// The damaged objects and references that a repair put aside.
  var quarantine: Folder { Folder(local.file("corrupt")) }

  /// Packs in the making.
  var incoming: Folder { Folder(local.file("incoming")) }

  /// Large content, where Git LFS has it, and what of it is in the making.
  var largeContent: Folder { Folder(root.file("lfs")) }
  var largeObjects: Folder { Folder(largeContent.file("objects")) }
  var incomingContent: Folder { Folder(largeContent.file("incoming")) }

  var packs: Folder { Folder(root.path.appending("objects").appending("pack")) }

  /// Held by the one process that consolidates or repairs.
  var checkpointLock: FilePath { local.file("checkpoint.lock") }

  /// Held while the branch is moved.
  var branchLock: FilePath { local.file("branch.lock") }

  /// Where a loose object of that id would be.
  func looseObject(_ id: String) -> FilePath {
    root.path.appending("objects").appending(String(id.prefix(2)))
      .appending(String(id.dropFirst(2)))
  }

  static let branch = "main"
  static let reference = "refs/heads/main"
  static let hostFile = "host"
  static let keyFile = "redaction.key"
  static let durableFile = "durable"
  static let syncedFile = "synced"
  static let bootFile = "boot"
}
