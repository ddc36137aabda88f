import Git

/// Reads every object that came since a commit, to find those that are missing or damaged.
struct ObjectInspection {
  /// The objects that cannot be read, each once.
  private(set) var damaged: [GitObjectID] = []

  /// Whether the walk came by the commit that it should end at.
  private(set) var metBase = false

  private let git: GitRepository
  private var verdicts: [GitObjectID: Bool] = [:]

  init(_ git: GitRepository) { self.git = git }

  /// Whether a commit and its first tree can be read.
  func isReadable(_ commit: GitObjectID) throws(HistoryError) -> Bool {
    do throws(GitError) {
      _ = try git.entries(ofTree: try git.commit(commit).tree)
      return true
    } catch {
      guard Self.isDamage(error) else { throw HistoryError(error, "read the tip", git.path) }
      return false
    }
  }

  /// A zero-length file is an error of the object database, a missing one "not found"; what
  /// the system refuses (no permission, no memory) says nothing of the object.
  static func isDamage(_ error: GitError) -> Bool {
    error.code == .notFound || error.code == .mismatch || error.category != .system
  }

  /// Reads one object.
  mutating func inspect(object id: GitObjectID) throws(HistoryError) { _ = try isWhole(id) }

  /// Reads the commits from `tip` until `base`, which is known to be whole.
  mutating func inspect(
    from tip: GitObjectID, downTo base: GitObjectID?
  ) throws(HistoryError) {
    var waiting = [tip]
    var seen: Set<GitObjectID> = [tip]
    while let id = waiting.popLast() {
      if id == base {
        metBase = true
        continue
      }
      guard try isWhole(id), let commit = try? git.commit(id) else { continue }
      var others: [GitObjectID] = []
      for parent in commit.parents {
        if seen.insert(parent).inserted { waiting.append(parent) }
        if let tree = try? git.commit(parent).tree { others.append(tree) }
      }
      try inspectTree(commit.tree, notIn: others)
    }
  }

  private mutating func inspectTree(
    _ id: GitObjectID, notIn others: [GitObjectID]
  ) throws(HistoryError) {
    guard !others.contains(id), verdicts[id] == nil else { return }
    guard try isWhole(id), let entries = try? git.entries(ofTree: id) else { return }
    // A parent's tree that cannot be read hides nothing: all of this one is read then.
    let known = others.map { (try? git.entries(ofTree: $0)) ?? [] }
    for entry in entries {
      let same = known.compactMap { $0.first { $0.name == entry.name } }
      if same.contains(entry) { continue }
      if entry.isTree {
        try inspectTree(entry.id, notIn: same.filter(\.isTree).map(\.id))
      } else {
        _ = try isWhole(entry.id)
      }
    }
  }

  private mutating func isWhole(_ id: GitObjectID) throws(HistoryError) -> Bool {
    if let verdict = verdicts[id] { return verdict }
    do throws(GitError) {
      _ = try git.object(id)
      verdicts[id] = true
      return true
    } catch {
      guard Self.isDamage(error) else { throw HistoryError(error, "read \(id)", git.path) }
      verdicts[id] = false
      damaged.append(id)
      return false
    }
  }
}
