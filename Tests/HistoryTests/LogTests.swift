import Canonical
import Foundation
import History
import SystemPackage
import Testing

@Suite struct LogTests {
  let scratch: Scratch
  let history: HistoryRepository

  init() throws {
    scratch = try Scratch()
    history = try scratch.makeHistory()
  }

  private func all(_ walk: LogWalk) throws -> [LogEntry] {
    var walk = walk
    var entries: [LogEntry] = []
    while let entry = try walk.next() { entries.append(entry) }
    return entries
  }

  /// A merge of branches that both went on, as a sync makes.
  private func diverge() throws {
    for number in 0..<3 { _ = try history.commit(makeRecord(number)) }
    let clone = scratch.path.appending("clone")
    try run("/usr/bin/git", ["clone", "-q", "--bare", scratch.history.string, clone.string])
    let other = try HistoryRepository.open(at: clone).history
    for number in 3..<8 {
      _ = try (number.isMultiple(of: 2) ? history : other).commit(makeRecord(number))
    }
    try git(scratch.history, "fetch", "-q", clone.string, "main:other")
    let merge = try run(
      "/usr/bin/git",
      [
        "--git-dir=\(scratch.history)", "commit-tree", "-p", "main", "-p", "other", "-m",
        "merge", "main^{tree}",
      ],
      environment: [
        "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@x", "GIT_COMMITTER_NAME": "x",
        "GIT_COMMITTER_EMAIL": "x@x",
      ])
    try git(
      scratch.history, "update-ref", "refs/heads/main", merge.trimmingCharacters(in: .newlines))
  }

  @Test func isEmptyBeforeTheFirstCommit() throws {
    #expect(try all(history.walk()).isEmpty)
    #expect(try history.head() == nil)
    #expect(try history.activities(matching: "0").isEmpty)
  }

  @Test func givesTheOrderOfGit() throws {
    try diverge()
    let entries = try all(history.walk())
    let expected = try git(scratch.history, "rev-list", "--date-order", "main")
    #expect(entries.map(\.id.description) == expected.split(separator: "\n").map(String.init))
    #expect(entries.first?.parents.count == 2)
    #expect(entries[1].field("Operation") == "container.create")
    #expect(entries[1].subject == "create number 7")
    #expect(entries[1].authorTime.description == "2026-11-23T19:05:08.000Z")
  }

  @Test func readsOnlyWhatIsAskedFor() throws {
    for number in 0..<5 { _ = try history.commit(makeRecord(number)) }
    let oldest = try git(scratch.history, "rev-parse", "main~4")
      .trimmingCharacters(in: .newlines)
    try FileManager.default.removeItem(
      atPath: scratch.history.pushing(FilePath("objects/pack/pack-\(oldest).pack")).string)
    let fresh = try HistoryRepository.open(at: scratch.history).history
    var walk = try fresh.walk()
    for number in [4, 3, 2] { #expect(try walk.next()?.subject == "create number \(number)") }
  }

  @Test func readsCommitsThatPeopleWrote() throws {
    _ = try history.commit(makeRecord())
    for (message, fields) in [
      ("subject\n\nbody\n\nA: 1\nB: 2: 3\n", 2), ("subject\n\nA: 1\nno field\n", 0),
      ("subject", 0), ("\n\nsubject\n", 0), ("subject\nA: 1\n", 0),
    ] {
      let id = try run(
        "/usr/bin/git",
        [
          "--git-dir=\(scratch.history)", "-c", "user.name=x", "-c", "user.email=x@x",
          "commit-tree", "-p", "main", "-m", message, "main^{tree}",
        ])
      let entry = try history.entry(history.resolve(id.trimmingCharacters(in: .newlines)))
      #expect(entry.subject == "subject")
      #expect(entry.fields.count == fields, "\(message)")
    }
  }

  @Test func resolvesWhatGitResolves() throws {
    for number in 0..<4 { _ = try history.commit(makeRecord(number)) }
    for text in ["HEAD", "HEAD~2", "main", "main^", "@"] {
      let expected = try git(scratch.history, "rev-parse", text)
      #expect(try history.resolve(text).description + "\n" == expected)
    }
    let head = try #require(try history.head())
    #expect(try history.resolve(String(head.description.prefix(12))) == head)
    for text in ["", "nothing", "HEAD~9", String(repeating: "0", count: 40), "\n", "main:"] {
      #expect(code { _ = try history.resolve(text) } == .noSuchRevision, "\(text)")
    }
  }

  @Test func saysThatAPrefixIsAmbiguous() throws {
    // Seventeen first digits of four: among 600 commits and trees some prefix of four is twice.
    for number in 0..<200 { _ = try history.commit(makeRecord(number)) }
    let objects = try git(
      scratch.history, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
    let prefixes = Dictionary(grouping: objects.split(separator: "\n")) { $0.prefix(4) }
    let twice = try #require(prefixes.first { $0.value.count > 1 }?.key)
    #expect(code { _ = try history.resolve(String(twice)) } == .ambiguous)
  }

  @Test func findsActivitiesByIDAndByPrefix() throws {
    let records = [0, 1, 3600, 90_000, 40_000_000].map { makeRecord(after: $0) }
    for record in records { _ = try history.commit(record) }
    for record in records {
      #expect(try history.activityDocument(record.activityID) == record.document)
      let id = record.activityID.description
      for length in [18, 24, 36] {
        #expect(
          try history.activities(matching: String(id.prefix(length))) == [record.activityID])
      }
      let plain = String(id.filter { $0 != "-" }.prefix(20)).uppercased()
      #expect(try history.activities(matching: plain) == [record.activityID])
      #expect(try history.activities(matching: record.activityID.iri) == [record.activityID])
    }
    let sorted = records.map(\.activityID).sorted()
    #expect(try history.activities(matching: "01") == sorted)
    #expect(try history.activities(matching: "", limit: 2) == Array(sorted.prefix(2)))
    #expect(try history.activities(matching: "xyz").isEmpty)
    #expect(try history.activityDocument(makeRecord().activityID) == nil)
  }

  @Test func findsTheCommitOfAnActivity() throws {
    try diverge()
    let record = makeRecord(20)
    let made = try history.commit(record)
    for number in 21..<25 { _ = try history.commit(makeRecord(number)) }
    #expect(try history.commit(of: record.activityID) == made.id)
    #expect(try history.commit(of: makeRecord().activityID) == nil)
  }

  @Test func findsContainersAndImagesByPrefix() throws {
    let ids = ["8a61192d", "8a61ffff", "8b000000"]
    let files = ids.map {
      OperationRecord.Snapshot(
        path: "containers/\($0.prefix(2))/\($0).json", content: Array($0.utf8))
    }
    let image = OperationRecord.Snapshot(path: "images/5d/5dac.json", content: Array("i".utf8))
    let first = try history.commit(makeRecord(snapshots: files + [image]))
    let gone = OperationRecord.Snapshot(path: files[0].path, content: nil)
    _ = try history.commit(makeRecord(1, snapshots: [gone]))
    #expect(try history.containers() == Array(ids.dropFirst()))
    #expect(try history.containers(in: first.id) == ids)
    #expect(try history.containers(matching: "8", in: first.id) == ids)
    #expect(try history.containers(matching: "8a61", in: first.id) == Array(ids.prefix(2)))
    #expect(try history.containers(matching: "8a61f") == ["8a61ffff"])
    #expect(try history.containers(matching: "9").isEmpty)
    #expect(try history.images() == ["5dac"])
    #expect(try history.imageSnapshot("5dac") == Array("i".utf8))
    #expect(try history.containerSnapshot("8a61192d") == nil)
    #expect(try history.containerSnapshot("8a61192d", in: first.id) == Array("8a61192d".utf8))
    #expect(try history.containerSnapshot("../../x") == nil)
  }

  @Test func saysWhatACommitChanged() throws {
    let path = "containers/8a/8a61.json"
    let first = makeRecord(0, snapshots: [.init(path: path, content: Array("1".utf8))])
    let second = makeRecord(1, snapshots: [.init(path: path, content: Array("2".utf8))])
    let ids = try [first, second].map { try history.commit($0).id }
    let changes = try ids.map { try history.changedPaths($0) }
    #expect(changes[0].map(\.path) == [first.activityPath, path])
    #expect(changes[0].map(\.kind) == [.added, .added])
    #expect(changes[1].map(\.path) == [second.activityPath, path])
    #expect(changes[1].map(\.kind) == [.added, .modified])
    #expect(try history.file(at: path, in: ids[0]) == Array("1".utf8))
    #expect(try history.file(at: "containers", in: ids[0]) == nil)
    #expect(try history.paths(under: "containers", in: ids[0]) == [path])
    #expect(try history.paths(under: "", in: ids[1]).count == 3)
  }
}
