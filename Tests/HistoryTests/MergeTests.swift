import Canonical
import Foundation
import Git
import SystemPackage
import Testing

@testable import History

@Suite struct MergeTests {
  /// How many histories; a soak takes thousands.
  private static let count =
    ProcessInfo.processInfo.environment["SC_MERGES"].flatMap { Int($0) }
    ?? 200

  /// Every order of a few things.
  private static func orders<Element>(_ elements: [Element]) -> [[Element]] {
    guard elements.count > 1 else { return [elements] }
    return elements.indices.flatMap { index in
      var rest = elements
      let first = rest.remove(at: index)
      return orders(rest).map { [first] + $0 }
    }
  }

  @Test func givesTheSameTreeInEveryOrder() throws {
    for seed in 0..<UInt64(Self.count) {
      let scratch = try Scratch()
      let git = try GitRepository.create(at: scratch.history, branch: "main", description: "")
      var histories = RandomHistories(git, seed: seed, machines: 3)
      try histories.run(steps: Int(seed % 14) + 4)
      let tips = histories.heads.compactMap { $0 }
      guard tips.count > 1 else { continue }
      let expected = histories.expectedFiles(of: tips)
      var trees: Set<GitObjectID> = []
      for order in Self.orders(tips) {
        var joint = order[0]
        for next in order.dropFirst() { joint = try histories.merge(joint, next) }
        if trees.insert(try git.commit(joint).tree).inserted {
          try #require(try histories.files(of: joint) == expected, "seed \(seed)")
        }
      }
      try #require(trees.count == 1, "seed \(seed)")
    }
  }

  /// Two histories on two machines, with one container that both know.
  private func twoMachines() throws -> (Scratch, Scratch, HistoryRepository, HistoryRepository) {
    let (one, other) = (try Scratch(), try Scratch())
    return (one, other, try one.makeHistory(), try other.makeHistory())
  }

  private let person = OperationRecord.Person(name: "Ada", email: "ada@example.org")

  private func bring(
    _ scratch: Scratch, into history: HistoryRepository, at path: FilePath
  ) throws -> CommitID {
    try git(path, "fetch", "-q", scratch.history.string, "main:refs/remotes/other/main")
    return try #require(
      try history.commit(of: Upstream(remote: "other", branch: "main")))
  }

  @Test func joinsHistoriesThatBeganApart() throws {
    let (one, other, history, second) = try twoMachines()
    for number in 0..<3 { _ = try history.commit(makeRecord(number)) }
    for number in 3..<7 { _ = try second.commit(makeRecord(number)) }
    let tip = try bring(other, into: history, at: one.history)
    let result = try history.merge(
      tip, subject: "join", author: person, committer: person,
      at: Timestamp(millisecondsSince1970: 1_790_000_000_000))
    guard case .merged(let commit) = result else {
      Issue.record("not merged: \(result)")
      return
    }
    #expect(try history.head() == commit)
    #expect(try history.activities(matching: "").count == 7)
    #expect(try history.pending().awaitingCheckpoint == 0)
    try expectSound(one.history)
    #expect(
      try history.merge(
        tip, subject: "join", author: person, committer: person,
        at: Timestamp(millisecondsSince1970: 1_790_000_000_000)) == .upToDate)
    // The other one only has to go on.
    let back = try bring(one, into: second, at: other.history)
    let old = try second.head()
    #expect(
      try second.merge(
        back, subject: "join", author: person, committer: person,
        at: Timestamp(millisecondsSince1970: 1_790_000_000_000))
        == .fastForward(from: old, to: commit))
    #expect(try second.reopenedIsWhole(at: other))
  }

  /// What each of these did to a history, and what is said against it.
  static let offences: [(name: String, script: String, message: String)] = [
    (
      "removes an activity",
      "for f in $(git ls-files activities | head -1); do git rm -q --cached $f; done",
      "remove all activities"
    ),
    (
      "changes an activity",
      """
      f=$(git ls-files activities | head -1)
      git update-index --add --cacheinfo 100644,$(echo '{}' | git hash-object -w --stdin),$f
      """, "change an activity"
    ),
    (
      "has a link",
      "git update-index --add --cacheinfo 120000,$(printf /etc/passwd | git hash-object -w --stdin),containers/x",
      "no ordinary one: containers/x"
    ),
    (
      "has a program",
      "git update-index --add --cacheinfo 100755,$(echo x | git hash-object -w --stdin),containers/x",
      "no ordinary one"
    ),
    (
      "has a file among the activities",
      "git update-index --add --cacheinfo 100644,$(echo x | git hash-object -w --stdin),activities/2026/x",
      "no activity among them"
    ),
    (
      "has an activity in the wrong hour",
      "git update-index --add --cacheinfo 100644,$(echo x | git hash-object -w --stdin),activities/2020/01/01/00/01900000-0000-7000-8000-000000000000.jsonld",
      "no activity among them"
    ),
  ]

  @Test(arguments: offences.indices)
  func refusesWhatNoHistoryMayHave(_ index: Int) throws {
    let offence = Self.offences[index]
    let (one, other, history, second) = try twoMachines()
    _ = try second.commit(makeRecord(0))
    let base = try bring(other, into: history, at: one.history)
    _ = try history.merge(
      base, subject: "join", author: person, committer: person,
      at: Timestamp(millisecondsSince1970: 1_790_000_000_000))
    let script = """
      set -e
      export GIT_DIR=\(other.history) GIT_INDEX_FILE=\(other.path)/index
      export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@x
      git read-tree main
      \(offence.script)
      git update-ref refs/heads/main $(git commit-tree -p main -m bad $(git write-tree))
      """
    try run("/bin/bash", ["-c", script])
    let bad = try bring(other, into: history, at: one.history)
    let error = #expect(throws: HistoryError.self) {
      try history.merge(
        bad, subject: "join", author: person, committer: person,
        at: Timestamp(millisecondsSince1970: 1_790_000_000_000))
    }
    #expect(error?.code == .refused)
    #expect(error?.message.contains(offence.message) == true, "\(error?.message ?? "")")
    #expect(try history.head() == base)
  }

  /// A commit on top of a branch by plain git, of files outside of what a history has.
  private func change(_ scratch: Scratch, _ script: String) throws {
    try run(
      "/bin/bash",
      [
        "-c",
        """
        set -e
        export GIT_DIR=\(scratch.history) GIT_INDEX_FILE=\(scratch.path)/index
        export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@x
        b=$(echo x | git hash-object -w --stdin)
        git read-tree main
        \(script)
        git update-ref refs/heads/main $(git commit-tree -p main -m x $(git write-tree))
        """,
      ])
  }

  @Test func aFolderStaysWhereTheOtherHasAFileOfItsName() throws {
    let (one, other, history, second) = try twoMachines()
    _ = try history.commit(makeRecord(0))
    let base = try bring(one, into: second, at: other.history)
    _ = try second.merge(
      base, subject: "join", author: person, committer: person,
      at: Timestamp(millisecondsSince1970: 1_790_000_000_000))
    try change(one, "git update-index --add --cacheinfo 100644,$b,notes")
    try change(other, "git update-index --add --cacheinfo 100644,$b,notes/a")
    var trees: Set<String> = []
    let tips = [
      try bring(other, into: history, at: one.history),
      try bring(one, into: second, at: other.history),
    ]
    for (history, tip) in zip([history, second], tips) {
      _ = try history.merge(
        tip, subject: "join", author: person, committer: person,
        at: Timestamp(millisecondsSince1970: 1_790_000_000_000))
      trees.insert(try git(history.path, "rev-parse", "main^{tree}"))
      #expect(try git(history.path, "ls-tree", "--name-only", "main", "notes/") == "notes/a\n")
    }
    #expect(trees.count == 1)
    // A file that becomes a folder on one side alone, and back.
    try change(
      one, "git rm -q -r --cached notes; git update-index --add --cacheinfo 100644,$b,notes")
    _ = try second.merge(
      try bring(one, into: second, at: other.history), subject: "join", author: person,
      committer: person, at: Timestamp(millisecondsSince1970: 1_790_000_000_000))
    #expect(try git(other.history, "ls-tree", "--name-only", "main", "notes") == "notes\n")
  }

  @Test func refusesAHistoryThatLacksWhatBothShouldHave() throws {
    let (one, _, history, _) = try twoMachines()
    for number in 0..<3 { _ = try history.commit(makeRecord(number)) }
    let before = try history.head()
    let lacking = try run(
      "/bin/bash",
      [
        "-c",
        """
        cd \(one.history)
        git cat-file commit main | sed '/^parent/s/ .*/ \(String(repeating: "1", count: 40))/' \
          | git hash-object -t commit -w --stdin --literally
        """,
      ])
    let tip = try #require(CommitID(lacking.trimmingCharacters(in: .whitespacesAndNewlines)))
    let error = #expect(throws: HistoryError.self) {
      try history.merge(
        tip, subject: "join", author: person, committer: person,
        at: Timestamp(millisecondsSince1970: 1_790_000_000_000))
    }
    #expect(error?.code == .refused)
    #expect(error?.message.contains("is missing") == true, "\(error?.message ?? "")")
    #expect(try history.head() == before)
    try git(one.history, "prune", "--expire=now")
    try expectSound(one.history)
  }

  @Test func refusesAFileWhereAHistoryHasAFolder() throws {
    let (one, other, history, second) = try twoMachines()
    _ = try history.commit(makeRecord(0))
    _ = try second.commit(makeRecord(1))
    try change(other, "git update-index --add --cacheinfo 100644,$b,volumes")
    let tip = try bring(other, into: history, at: one.history)
    let error = #expect(throws: HistoryError.self) {
      try history.merge(
        tip, subject: "join", author: person, committer: person,
        at: Timestamp(millisecondsSince1970: 1_790_000_000_000))
    }
    #expect(error?.message.contains("a file where a history has a folder: volumes") == true)
  }

  /// Plain git moves the references of remotes, too: a push of what only the journal keeps safe.
  @Test func aCheckpointTrustsNoReferenceOfARemote() throws {
    let (one, _, history, _) = try twoMachines()
    try perform(makeRecord(0), in: history)
    try git(one.history, "update-ref", "refs/remotes/origin/main", "main")
    try history.checkpoint()
    #expect(try git(one.history, "count-objects").hasPrefix("0 objects"))
    #expect(try history.pending().awaitingCheckpoint == 0)
    try expectSound(one.history)
  }

  @Test func keepsTheLaterStateOfAContainerThatBothChanged() throws {
    let (one, other, history, second) = try twoMachines()
    var first = makeRecord(0)
    first.snapshots = [.init(path: "containers/ab/x.json", content: Array("first".utf8))]
    _ = try history.commit(first)
    let base = try bring(one, into: second, at: other.history)
    _ = try second.merge(
      base, subject: "join", author: person, committer: person, at: first.endedAt)
    var (late, early) = (makeRecord(9), makeRecord(5))
    late.snapshots = [.init(path: "containers/ab/x.json", content: Array("late".utf8))]
    early.snapshots = [.init(path: "containers/ab/x.json", content: Array("early".utf8))]
    _ = try history.commit(late)
    _ = try second.commit(early)
    let tip = try bring(other, into: history, at: one.history)
    _ = try history.merge(
      tip, subject: "join", author: person, committer: person, at: late.endedAt)
    let head = try #require(try history.head())
    #expect(try history.file(at: "containers/ab/x.json", in: head) == Array("late".utf8))
  }
}

extension HistoryRepository {
  /// Whether the history opens without anything to mend.
  fileprivate func reopenedIsWhole(at scratch: Scratch) throws -> Bool {
    try scratch.reopen().repair == nil
  }
}
