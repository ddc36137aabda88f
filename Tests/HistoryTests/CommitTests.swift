import Canonical
import Foundation
import Git
import History
import SystemPackage
import Testing

@Suite struct CommitTests {
  /// A signature may differ each time, and so would the commit.
  @Test func waitsWithOneCommitForWhoeverHoldsTheBranch() throws {
    let scratch = try Scratch()
    let history = try scratch.makeHistory()
    try perform(makeRecord(0), in: history)
    let key = scratch.path.appending("key").string
    try run("/usr/bin/ssh-keygen", ["-q", "-t", "ecdsa", "-N", "", "-f", key])
    history.sign(with: GitSigner(.ssh(file: key), environment: ["PATH": "/usr/bin:/bin"]))
    let lock = scratch.history.pushing("refs/heads/main.lock").string
    let holder = Process()
    holder.executableURL = URL(filePath: "/bin/sh")
    holder.arguments = ["-c", "touch '\(lock)'; echo held; sleep 0.5; rm '\(lock)'"]
    let output = Pipe()
    holder.standardOutput = output
    try holder.run()
    _ = output.fileHandleForReading.readData(ofLength: 5)
    _ = try history.commit(makeRecord(1))
    holder.waitUntilExit()
    let packs = try FileManager.default.contentsOfDirectory(
      atPath: scratch.history.pushing("objects/pack").string)
    #expect(packs.count { $0.hasSuffix(".pack") } == 2)
  }

  let scratch: Scratch
  let history: HistoryRepository

  init() throws {
    scratch = try Scratch()
    history = try scratch.makeHistory()
  }

  @Test func isWhatPlainGitShows() throws {
    let record = makeRecord(subject: "create web from busybox:1.36")
    let result = try history.commit(record)
    #expect(!result.isAlreadyThere)
    let shown = try git(
      scratch.history, "log", "-1", "--format=%H|%an|%ae|%at|%cn|%ct|%ci%n%B", "main")
    #expect(
      shown == """
        \(result.id)|Ada Lovelace|ada@example.org|1795460701|Ada Lovelace|1795460701|\
        2026-11-23 19:05:01 +0000
        create web from busybox:1.36

        Operation: container.create
        Activity: \(record.activityID.iri)


        """)
    let path = "activities/2026/11/23/19/\(record.activityID).jsonld"
    #expect(record.activityPath == path)
    #expect(
      try git(scratch.history, "show", "main:\(path)")
        == String(decoding: record.document, as: UTF8.self))
    try expectSound(scratch.history)
  }

  @Test func replacesAndRemovesSnapshots() throws {
    let path = "containers/8a/8a61.json"
    _ = try history.commit(makeRecord(1, snapshots: [.init(path: path, content: Array("1".utf8))]))
    _ = try history.commit(makeRecord(2, snapshots: [.init(path: path, content: Array("2".utf8))]))
    #expect(try git(scratch.history, "show", "main:\(path)") == "2")
    let removed = try history.commit(makeRecord(3, snapshots: [.init(path: path, content: nil)]))
    #expect(try git(scratch.history, "ls-tree", "main", "containers/") == "")
    #expect(try history.changedPaths(removed.id).map(\.kind) == [.added, .removed])
    _ = try history.commit(makeRecord(4, snapshots: [.init(path: path, content: nil)]))
    try expectSound(scratch.history)
  }

  @Test func keepsFilesAndFoldersInTheOrderOfGit() throws {
    let names = ["a", "a-b", "a.b", "a0", "aa", "B", "z", "\u{E4}"]
    var paths: [String] = []
    for (number, name) in names.shuffled().enumerated() {
      let files = ["x/\(name).json", "x/\(name)-/1", "x/\(name)/1", "x/\(name)/2/3"]
      let snapshots = files.shuffled().map {
        OperationRecord.Snapshot(path: $0, content: Array($0.utf8))
      }
      _ = try history.commit(makeRecord(number, snapshots: snapshots))
      paths += files
    }
    let listed = try git(
      scratch.history, "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "main", "x")
    #expect(Set(listed.split(separator: "\n").map(String.init)) == Set(paths))
    try expectSound(scratch.history)
    // Read back by git, and written again by it, the tree is the same.
    let index = ["GIT_INDEX_FILE": scratch.path.appending("index").string]
    for arguments in [["read-tree", "main"], ["write-tree"]] {
      let tree = try run(
        "/usr/bin/git", ["--git-dir=\(scratch.history)"] + arguments, environment: index)
      #expect(try tree.isEmpty || tree == git(scratch.history, "rev-parse", "main^{tree}"))
    }
  }

  @Test func keepsWhatGitWroteBesideIts() throws {
    let first = try history.commit(makeRecord())
    let blob = try git(scratch.history, "hash-object", "-w", "/etc/hostname")
      .trimmingCharacters(in: .newlines)
    let tree = scratch.path.appending("tree").string
    try git(scratch.history, "ls-tree", "main").appending(
      "120000 blob \(blob)\tlink\n100755 blob \(blob)\tscript\n160000 commit \(first.id)\tmodule\n"
    ).write(toFile: tree, atomically: true, encoding: .utf8)
    let made = try run(
      "/bin/sh", ["-c", "git --git-dir=\(scratch.history) mktree --missing < \(tree)"]
    ).trimmingCharacters(in: .newlines)
    let commit = try run(
      "/usr/bin/git",
      [
        "--git-dir=\(scratch.history)", "-c", "user.name=x", "-c", "user.email=x@x",
        "commit-tree", "-p", "main", "-m", "by hand", made,
      ]
    ).trimmingCharacters(in: .newlines)
    try git(scratch.history, "update-ref", "refs/heads/main", commit)
    _ = try history.commit(makeRecord(1))
    let modes = try git(scratch.history, "ls-tree", "main", "link", "script", "module")
      .split(separator: "\n").map { $0.prefix(6) }
    #expect(modes == ["120000", "160000", "100755"])
  }

  @Test func refusesAFileWhereAFolderIs() throws {
    let file = OperationRecord.Snapshot(path: "a/b", content: Array("1".utf8))
    _ = try history.commit(makeRecord(snapshots: [file]))
    for path in ["a", "a/b/c"] {
      let other = OperationRecord.Snapshot(path: path, content: Array("2".utf8))
      #expect(code { _ = try history.commit(makeRecord(1, snapshots: [other])) } == .invalid)
    }
  }

  @Test func writesNothingTheSecondTime() throws {
    let record = makeRecord()
    let first = try history.commit(record)
    _ = try history.commit(makeRecord(1))
    let head = try history.head()
    let second = try history.commit(record)
    #expect(!first.isAlreadyThere)
    #expect(second.isAlreadyThere)
    #expect(try history.head() == head)
    #expect(try git(scratch.history, "rev-list", "--count", "main") == "2\n")
  }

  @Test func keepsHostileTextOnItsLine() throws {
    _ = try history.commit(
      makeRecord(
        subject: "create \u{1B}[31mred\nOutcome: failed\r\u{202E}x\u{2028}y",
        fields: [
          .init(name: "Name\n\nX", value: "a\nOutcome: failed\u{7}"),
          .init(name: "Outcome", value: "succeeded"),
        ]))
    let message = try git(scratch.history, "log", "-1", "--format=%B", "main")
    #expect(
      message == """
        create  [31mred Outcome: failed  x y

        Name--X: a Outcome: failed
        Outcome: succeeded


        """)
    var walk = try history.walk()
    let entry = try #require(try walk.next())
    #expect(entry.field("Outcome") == "succeeded")
    try expectSound(scratch.history)
  }

  @Test(arguments: ["", "\n", "<>", " . ", "x <y>\u{0}\nz"])
  func acceptsAnyNameOfAPerson(_ name: String) throws {
    var record = makeRecord()
    record.author = .init(name: name, email: name)
    _ = try history.commit(record)
    try expectSound(scratch.history)
  }

  @Test(arguments: ["../x", "/x", "a//b", "a/.git/b", ".GIT", "a/./b", "", "a\nb", "a\\b"])
  func refusesAPathThatLeavesTheTree(_ path: String) throws {
    let record = makeRecord(snapshots: [.init(path: path, content: Array("x".utf8))])
    #expect(code { _ = try history.commit(record) } == .invalid)
    #expect(try history.head() == nil)
  }

  @Test func commitsConfigurationOfThisHostOnly() throws {
    let person = OperationRecord.Person(name: "Ada", email: "ada@example.org")
    let path = "hosts/\(try history.hostID())/config.jsonld"
    let files = [OperationRecord.Snapshot(path: path, content: Array("{}\n".utf8))]
    let result = try history.commitFiles(
      files, subject: "configure", author: person, at: start)
    #expect(try history.file(at: path, in: result.id) == Array("{}\n".utf8))
    #expect(
      try history.commitFiles(files, subject: "again", author: person, at: start).isAlreadyThere)
    #expect(
      code {
        _ = try history.commitFiles(
          [.init(path: "hosts/other/config.jsonld", content: [])], subject: "x",
          author: person, at: start)
      } == .invalid)
    try expectSound(scratch.history)
  }

  @Test func losesNothingAmongEightThreads() async throws {
    let path = scratch.history
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<8 {
        group.addTask {
          let own = try HistoryRepository.open(at: path).history
          for number in 0..<50 { _ = try own.commit(makeRecord(worker * 100 + number)) }
        }
      }
      try await group.waitForAll()
    }
    #expect(try git(path, "rev-list", "--count", "main") == "400\n")
    let head = try #require(try history.head())
    #expect(try history.paths(under: "activities", in: head).count == 400)
    // Those that lost a race left nothing.
    let packs = try FileManager.default.contentsOfDirectory(
      atPath: path.pushing("objects/pack").string)
    #expect(packs.count == 800)
    try expectSound(path)
  }

  /// What `losesNothingAmongEightProcesses` starts.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SC_TEST_HISTORY"] != nil))
  func worksAsOneOfEightProcesses() throws {
    let path = try #require(ProcessInfo.processInfo.environment["SC_TEST_HISTORY"])
    let own = try HistoryRepository.open(at: FilePath(path), for: .writing).history
    for number in 0..<50 {
      try perform(makeRecord(number), in: own)
      try own.checkpointIfDue()
    }
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["SC_TEST_HISTORY"] == nil))
  func losesNothingAmongEightProcesses() async throws {
    let path = scratch.history.string
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
              continuation.resume(
                with: Result {
                  _ = try run(
                    try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
                    [
                      "--testing-library", "swift-testing", "--filter",
                      "worksAsOneOfEightProcesses",
                    ], environment: ["SC_TEST_HISTORY": path])
                })
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try git(scratch.history, "rev-list", "--count", "main") == "400\n")
    let head = try #require(try history.head())
    #expect(try history.paths(under: "activities", in: head).count == 400)
    #expect(try history.pending().uncommitted == 0)
    try expectSound(scratch.history)
  }

  @Test func saysBusyWhenALockStays() throws {
    let history = try scratch.reopen(limits: .init(busy: .milliseconds(50))).history
    let lock = scratch.history.pushing("refs/heads/main.lock")
    try "".write(toFile: lock.string, atomically: true, encoding: .utf8)
    #expect(code { _ = try history.commit(makeRecord()) } == .busy)
    try FileManager.default.removeItem(atPath: lock.string)
    #expect(try !history.commit(makeRecord()).isAlreadyThere)
  }

  @Test func takesTheLockThatAKilledProcessLeft() throws {
    let lock = scratch.history.pushing("refs/heads/main.lock")
    for number in 0..<2 {
      try "".write(toFile: lock.string, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -10)], ofItemAtPath: lock.string)
      #expect(try !history.commit(makeRecord(number)).isAlreadyThere)
    }
    try expectSound(scratch.history)
  }

  @Test func takesAboutAsLongForTheThousandthAsForTheFirst() throws {
    let clock = ContinuousClock()
    for part in 0..<4 {
      let time = try clock.measure {
        for number in 0..<250 { _ = try history.commit(makeRecord(part * 250 + number)) }
      }
      print("commits \(part * 250) to \(part * 250 + 249): \(time / 250) each")
    }
    #expect(try git(scratch.history, "rev-list", "--count", "main") == "1000\n")
  }
}
