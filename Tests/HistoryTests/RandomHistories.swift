import Canonical
import Git
import SystemPackage

@testable import History

/// Histories of several machines at random, all in one repository: operations on a few containers,
/// with clocks that are wrong, and merges.
struct RandomHistories {
  /// An operation, as the reference model sees it.
  struct Write {
    let commit: GitObjectID
    let time: Int64
    let activity: String
    let files: [String: [UInt8]?]
  }

  let git: GitRepository
  var generator: SplitMix64

  /// The commits and what each comes from.
  private(set) var parents: [GitObjectID: [GitObjectID]] = [:]
  private(set) var writes: [GitObjectID: Write] = [:]

  /// Where the machines are.
  private(set) var heads: [GitObjectID?]
  private var clock: Int64 = 1_790_000_000

  init(_ git: GitRepository, seed: UInt64, machines: Int) {
    self.git = git
    generator = SplitMix64(state: seed)
    heads = Array(repeating: nil, count: machines)
  }

  /// Does some operations and merges.
  mutating func run(steps: Int) throws {
    for _ in 0..<steps {
      let machine = Int.random(in: heads.indices, using: &generator)
      let other = Int.random(in: heads.indices, using: &generator)
      if Int.random(in: 0..<4, using: &generator) == 0, let ours = heads[machine],
        let theirs = heads[other]
      {
        heads[machine] = try merge(ours, theirs)
      } else {
        try operate(on: machine)
      }
    }
  }

  private mutating func operate(on machine: Int) throws {
    clock += Int64.random(in: 0...2, using: &generator)
    let time = clock + Int64.random(in: -5...5, using: &generator)
    let id = ActivityID(at: Timestamp(millisecondsSince1970: time * 1000), using: &generator)
    let activity = ActivityPath.path(
      of: id, startedAt: Timestamp(millisecondsSince1970: time * 1000))
    var files: [String: [UInt8]?] = [:]
    for _ in 0...Int.random(in: 0...1, using: &generator) {
      let folder = Bool.random(using: &generator) ? "ab" : "cd"
      let path = "containers/\(folder)/\(Int.random(in: 0..<3, using: &generator)).json"
      let state = Int.random(in: 0..<4, using: &generator)
      files[path] = .some(state == 0 ? nil : Array("state \(state)".utf8))
    }
    let head = heads[machine]
    let before = try head.map { try git.commit($0).tree }
    let draft = try GitTreeDraft(git, updating: before)
    try draft.put(Array("\(id)".utf8), at: activity)
    for (path, content) in files {
      if let content { try draft.put(content, at: path) } else { try draft.remove(path) }
    }
    var pack = GitPackDraft()
    let tree = draft.write(into: &pack)
    let signature = GitSignature(name: "m\(machine)", email: "m@m", seconds: time)
    let commit = try git.writeCommit(
      tree: tree, parents: head.map { [$0] } ?? [], author: signature, committer: signature,
      message: "operate\n\nActivity: urn:uuid:\(id)\n", with: pack)
    // What left a file as it was wrote nothing.
    let changed = try files.filter { path, _ in
      try before.flatMap { try git.entry(at: path, inTree: $0)?.id }
        != git.entry(at: path, inTree: tree)?.id
    }
    heads[machine] = commit
    parents[commit] = head.map { [$0] } ?? []
    writes[commit] = Write(
      commit: commit, time: time, activity: "urn:uuid:\(id)", files: changed)
  }

  /// Joins two commits as `HistoryRepository.merge` does.
  mutating func merge(_ ours: GitObjectID, _ theirs: GitObjectID) throws -> GitObjectID {
    if try ours == theirs || git.isAncestor(theirs, of: ours) { return ours }
    if try git.isAncestor(ours, of: theirs) { return theirs }
    var pack = GitPackDraft()
    let tree = try HistoryMerge(git, of: ours, and: theirs).writeTree(into: &pack)
    clock += 1
    let signature = GitSignature(name: "merge", email: "m@m", seconds: clock)
    let commit = try git.writeCommit(
      tree: tree, parents: [ours, theirs], author: signature, committer: signature,
      message: "merge\n", with: pack)
    parents[commit] = [ours, theirs]
    return commit
  }

  /// The files that a joint history should have, by the definition: every activity, and of each
  /// other file the write that no other knew of, the last of them where there are several.
  func expectedFiles(of tips: [GitObjectID]) -> [String: [UInt8]] {
    let all = Set(tips).union(tips.flatMap(ancestors))
    let operations = all.compactMap { writes[$0] }
    var files: [String: [UInt8]] = [:]
    for path in Set(operations.flatMap(\.files.keys)) {
      let candidates = operations.filter { $0.files[path] != nil }
      let last = candidates.filter { write in
        !candidates.contains { ancestors(of: $0.commit).contains(write.commit) }
      }
      let winner = last.max {
        ($0.time, $0.activity, $0.commit.description) < (
          $1.time, $1.activity, $1.commit.description
        )
      }
      if let content = winner?.files[path] ?? nil { files[path] = content }
    }
    for operation in operations {
      let id = String(operation.activity.dropFirst("urn:uuid:".count))
      let time = Timestamp(millisecondsSince1970: operation.time * 1000)
      if let activity = ActivityID(id) {
        files[ActivityPath.path(of: activity, startedAt: time)] = Array(id.utf8)
      }
    }
    return files
  }

  private func ancestors(of commit: GitObjectID) -> Set<GitObjectID> {
    var found: Set<GitObjectID> = []
    var waiting = parents[commit] ?? []
    while let next = waiting.popLast() {
      if found.insert(next).inserted { waiting += parents[next] ?? [] }
    }
    return found
  }

  /// The files of a commit.
  func files(of commit: GitObjectID) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for change in try git.changes(from: nil, to: try git.commit(commit).tree) {
      if let id = change.new { files[change.path] = try git.object(id).bytes }
    }
    return files
  }
}

/// SplitMix64, Steele, Lea and Flood 2014.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
