import Canonical
import Git

/// Looks at every commit of a history: that all it needs is there and has the bytes that its id
/// says, that activities only ever come, that each is what its name says, and who signed.
struct CommitVerification {
  private let history: HistoryRepository
  private let policy: VerificationPolicy
  private var git: GitRepository { history.git }

  private(set) var report: VerificationReport

  /// What was read already.
  private var seen: Set<GitObjectID> = []
  private var placed: Set<String> = []

  init(
    _ history: HistoryRepository, _ policy: VerificationPolicy, _ report: VerificationReport
  ) {
    self.history = history
    self.policy = policy
    self.report = report
  }

  /// - Parameter progress: is told how many commits of how many are done.
  mutating func run(
    from tip: GitObjectID, _ progress: (Int, Int) throws -> Void
  ) throws {
    let commits: [GitObjectID]
    do throws(GitError) {
      if let since = policy.since?.object, since != tip,
        !(try git.isAncestor(since, of: tip))
      {
        add("\(tip)", "the history does not go on from \(since)")
      }
      commits = try git.commits(from: [tip], hiding: policy.since.map { [$0.object] } ?? [])
    } catch {
      // A commit in the middle is missing: what can be reached is looked at.
      add("\(tip)", "the history is broken: \(error.message)")
      return try runAsFarAsPossible(from: tip, progress)
    }
    for (index, commit) in commits.enumerated() {
      try progress(index, commits.count)
      try verify(commit)
    }
  }

  private mutating func runAsFarAsPossible(
    from tip: GitObjectID, _ progress: (Int, Int) throws -> Void
  ) throws {
    var waiting = [tip]
    var known: Set<GitObjectID> = [tip]
    while let next = waiting.popLast() {
      try progress(report.commits, known.count)
      try verify(next)
      guard let commit = try? git.commit(next) else { continue }
      waiting += commit.parents.filter { known.insert($0).inserted }
    }
  }

  /// Verifies one commit, against its parents.
  mutating func verify(_ id: GitObjectID) throws(HistoryError) {
    report.commits += 1
    report.objects += 1
    let commit: GitCommit
    do throws(GitError) {
      commit = try git.commit(id)
      check(try git.signedCommit(id), of: id)
    } catch {
      add("commit \(id)", error.message)
      return
    }
    // A parent that cannot be read is told of when it is its turn.
    let parents = commit.parents.compactMap { try? git.commit($0).tree }
    requireActivities(of: parents, in: commit)
    visit(commit.tree, besides: parents, at: "", of: id)
  }

  private mutating func check(_ commit: SignedCommit, of id: GitObjectID) {
    switch policy.verifier.verdict(on: commit) {
    case .unsigned:
      report.unsigned += 1
      if policy.requiresSignatures { add("commit \(id)", "nobody signed it") }
    case .good: report.signed += 1
    case .unknownSigner(let key):
      report.unknownSigners += 1
      if policy.requiresSignatures {
        add("commit \(id)", "it is signed by nobody who is allowed to: \(key)")
      }
    case .bad(let why): add("commit \(id)", "its signature is not good: \(why)")
    case .unchecked(let why): add("commit \(id)", "its signature cannot be checked: \(why)")
    }
  }

  private mutating func requireActivities(of parents: [GitObjectID], in commit: GitCommit) {
    let roots = (parents + [commit.tree]).map {
      (try? git.entry(at: ActivityPath.root, inTree: $0))?.id
    }
    guard let now = roots.last ?? nil else {
      if roots.contains(where: { $0 != nil }) {
        add("commit \(commit.id)", "all activities are gone")
      }
      return
    }
    for before in roots.dropLast() {
      if let before { require(before, in: now, at: ActivityPath.root, of: commit.id) }
    }
  }

  private mutating func require(
    _ old: GitObjectID, in new: GitObjectID, at path: String, of commit: GitObjectID
  ) {
    guard old != new, let before = try? git.entries(ofTree: old),
      let after = try? git.entries(ofTree: new)
    else { return }
    let now = Dictionary(after.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for entry in before {
      let place = "\(path)/\(entry.name)"
      guard let other = now[entry.name] else {
        add("\(commit):\(place)", "the activity is gone")
        continue
      }
      if entry.isTree, other.isTree {
        require(entry.id, in: other.id, at: place, of: commit)
      } else if entry != other {
        add("\(commit):\(place)", "the activity was changed")
      }
    }
  }

  /// Reads what a tree has and its parents' have not.
  private mutating func visit(
    _ tree: GitObjectID, besides others: [GitObjectID], at path: String, of commit: GitObjectID
  ) {
    guard !others.contains(tree), isNew(tree, at: path) else { return }
    report.objects += 1
    let entries: [GitTreeEntry]
    do throws(GitError) {
      entries = try git.entries(ofTree: tree)
    } catch {
      add("\(commit):\(path)", "the folder \(tree) cannot be read: \(error.message)")
      return
    }
    let known = others.map { other in
      Dictionary(
        ((try? git.entries(ofTree: other)) ?? []).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }
    for entry in entries {
      let same = known.compactMap { $0[entry.name] }
      if same.contains(entry) { continue }
      let place = path.isEmpty ? entry.name : "\(path)/\(entry.name)"
      if entry.isTree {
        visit(entry.id, besides: same.filter(\.isTree).map(\.id), at: place, of: commit)
      } else {
        read(entry, at: place, of: commit)
      }
    }
  }

  private mutating func read(_ entry: GitTreeEntry, at path: String, of commit: GitObjectID) {
    let place = "\(commit):\(path)"
    do throws(HistoryError) { try OperationRecord.validate(path: path) } catch {
      add(place, error.message)
    }
    if !entry.isPlain { add(place, "it is no ordinary file") }
    guard isNew(entry.id, at: path) else { return }
    report.objects += 1
    let bytes: [UInt8]
    do throws(GitError) {
      let count = try git.byteCount(of: entry.id)
      guard count <= ActivityPath.largestDocument else {
        add(
          place,
          "it has \(count) bytes, and no record is larger than \(ActivityPath.largestDocument)")
        return
      }
      bytes = try git.object(entry.id).bytes
    } catch {
      add(place, error.message)
      return
    }
    if path.hasPrefix(ActivityPath.root + "/") {
      if path.hasSuffix(ActivityPath.suffix) { report.activities += 1 }
      if let problem = ActivityPath.problem(with: bytes, at: path) { add(place, problem) }
    } else if let content = LargeContent(pointer: bytes),
      LargeContent.Form.allCases.contains(where: { content.pointerPath($0) == path })
    {
      if !history.content.has(content) { report.absentContents += 1 }
    } else if path.hasPrefix(LargeContent.folder + "/"), !path.hasSuffix("/.gitattributes") {
      add(place, "it is no pointer to the content that it is named after")
    }
  }

  /// Whether an object was not looked at yet. Of one among the activities it matters where it is.
  private mutating func isNew(_ id: GitObjectID, at path: String) -> Bool {
    guard path.hasPrefix(ActivityPath.root + "/") else { return seen.insert(id).inserted }
    return placed.insert("\(path) \(id)").inserted
  }

  private mutating func add(_ place: String, _ message: String) {
    report.findings.append(
      VerificationReport.Finding(
        place: CommitMessage.line(place), message: CommitMessage.line(message)))
  }
}
