import Canonical
import Foundation
import Git
import SystemPackage
import Testing

@testable import History

/// What a power cut leaves: synced journal entries, and of everything else any part.
@Suite struct RepairTests {
  let scratch: Scratch
  let records = (0..<12).map { makeRecord($0) }

  init() throws { scratch = try Scratch() }

  /// Six operations before a checkpoint, and six after.
  private func prepare() throws -> (durable: CommitID, tip: CommitID) {
    let history = try scratch.makeHistory()
    for record in records.prefix(6) { try perform(record, in: history) }
    #expect(try history.checkpoint())
    let durable = try #require(try history.head())
    for record in records.dropFirst(6) { try perform(record, in: history) }
    return (durable, try #require(try history.head()))
  }

  private func expectWhole(_ sourceLocation: SourceLocation = #_sourceLocation) throws {
    let history = try HistoryRepository.open(at: scratch.history).history
    for record in records {
      let document = try history.activityDocument(record.activityID)
      #expect(document == record.document, sourceLocation: sourceLocation)
    }
    let head = try #require(try history.head())
    let count = try history.paths(under: "activities", in: head).count
    #expect(count == records.count, sourceLocation: sourceLocation)
    try expectSound(scratch.history, sourceLocation: sourceLocation)
  }

  private var packs: FilePath { scratch.history.pushing("objects/pack") }

  /// The pack that has an object, without the endings of its two files, and where in it.
  private func pack(of id: String) throws -> (path: FilePath, offset: Int) {
    for name in try Folder(packs).names() where name.hasSuffix(".idx") {
      let file = packs.appending(name)
      let listing = try run("/bin/sh", ["-c", "git show-index <'\(file)'"])
      guard let line = listing.split(separator: "\n").first(where: { $0.contains(" \(id) ") }),
        let offset = line.split(separator: " ").first.flatMap({ Int($0) })
      else { continue }
      return (packs.appending(String(name.dropLast(4))), offset)
    }
    throw CocoaError(.fileNoSuchFile)
  }

  private func packFile(of id: String) throws -> FilePath {
    FilePath("\(try pack(of: id).path).pack")
  }

  /// Puts a shorter file in the place of one. Not the same file: it may be mapped by this process,
  /// which a power cut would have ended.
  private func truncate(_ path: FilePath, to size: Int = 0) throws {
    let file = URL(filePath: path.string)
    try Data(contentsOf: file).prefix(size).write(to: file, options: .atomic)
  }

  /// Turns a bit in the compressed bytes of an object.
  private func flip(_ id: String) throws {
    let (path, offset) = try pack(of: id)
    let file = URL(filePath: "\(path).pack")
    var bytes = try Data(contentsOf: file)
    bytes[offset + 12] ^= 1
    try bytes.write(to: file, options: .atomic)
  }

  enum Damage: CaseIterable {
    case truncated, flipped, unindexed, missing
  }

  /// Damages the pack of an object, and the object in any case.
  ///
  /// - Parameter history: one that is open, and looks at the packs anew.
  private func spoil(
    _ id: String, _ damage: Damage, under history: HistoryRepository? = nil
  ) throws {
    let path = try pack(of: id).path
    switch damage {
    case .truncated: try truncate(FilePath("\(path).pack"), to: 10)
    case .flipped: try flip(id)
    case .unindexed: try truncate(FilePath("\(path).idx"))
    case .missing:
      for suffix in [".idx", ".pack"] {
        try FileManager.default.removeItem(atPath: "\(path)\(suffix)")
      }
    }
    try history?.git.refresh()
  }

  private func revision(_ text: String) throws -> String {
    try git(scratch.history, "rev-parse", text).trimmingCharacters(in: .newlines)
  }

  @Test func changesNothingInAHistoryThatIsWhole() throws {
    let (_, tip) = try prepare()
    #expect(try scratch.reopen().repair == nil)
    try scratch.loseBoot()
    let again = try scratch.reopen()
    #expect(again.repair == nil)
    #expect(try again.history.head() == tip)
  }

  @Test(arguments: ["main", "main^{tree}"], [0, 10])
  func commitsAgainWhenTheTipIsDamaged(_ name: String, _ size: Int) throws {
    let (durable, tip) = try prepare()
    let id = try revision(name)
    let pack = try packFile(of: id)
    try truncate(pack, to: size)
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.brokenTip == tip)
    #expect(repair.restartedFrom == durable)
    #expect(repair.damagedObjects.contains(tip.description))
    #expect(repair.replayed == 6)
    try expectWhole()
    #expect(try scratch.reopen().repair == nil)
    let aside = try #require(pack.lastComponent)
    #expect(exists(scratch.history.pushing("sc/corrupt").appending(aside)))
  }

  /// Its key may be away: that keeps nobody from the history, and loses nothing.
  @Test func leavesInTheJournalWhatCannotBeCommitted() throws {
    let (_, tip) = try prepare()
    let record = makeRecord(20)
    var history = try scratch.reopen().history
    try history.journal.begin(id: record.activityID, intent: ["op": "x"]).finish(record)
    try scratch.loseBoot()
    history = try HistoryRepository.open(at: scratch.history).history
    let signer = GitSigner(.ssh(file: "/nonexistent/key"), environment: [:])
    history.sign(with: signer)
    #expect(try history.prepareToWrite() == nil)
    #expect(try history.head() == tip)
    #expect(try history.journal.pending().count == 1)
    // What makes a history complete has no key at all, and so commits nothing.
    try scratch.loseBoot()
    #expect(try HistoryRepository.create(at: scratch.history).existed)
    #expect(try history.head() == tip)
    #expect(try scratch.reopen().repair?.replayed == 1)
  }

  /// The journal's copy is damaged, too: what cannot be taken back is not given up.
  @Test func keepsACommitThatTheJournalCannotReplace() throws {
    let (_, tip) = try prepare()
    let file = scratch.history.pushing("sc/journal/committed").appending(
      records[9].activityID.description + ".jsonl")
    try Data("{}".utf8).write(to: URL(filePath: file.string))
    try FileManager.default.removeItem(
      atPath: scratch.history.pushing("refs/heads/main").string)
    #expect(code { _ = try scratch.reopen() } == .corrupt)
    try git(scratch.history, "update-ref", "refs/heads/main", "\(tip)")
    _ = try scratch.reopen()
    try expectWhole()
  }

  /// Through it git finds what is damaged before what is whole.
  @Test(arguments: Damage.allCases) func mendsBehindAnIndexOfAllPacks(_ damage: Damage) throws {
    let (_, tip) = try prepare()
    try git(scratch.history, "multi-pack-index", "write")
    try spoil(tip.description, damage)
    try scratch.loseBoot()
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.replayed == 6)
    try expectWhole()
  }

  @Test func findsDamageBelowTheTipAfterAPowerCut() throws {
    let (durable, _) = try prepare()
    let blob = try revision("main~3:\(records[8].activityPath)")
    try flip(blob)
    try scratch.loseBoot()
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.damagedObjects == [blob])
    #expect(repair.restartedFrom == durable)
    try expectWhole()
  }

  @Test(arguments: [[".pack"], [".idx"], [".idx", ".pack"]])
  func commitsAgainWhenEverythingUnsyncedIsEmpty(_ suffixes: [String]) throws {
    let (durable, _) = try prepare()
    let commits = try git(scratch.history, "rev-list", "\(durable)..main").split(separator: "\n")
    #expect(commits.count == 6)
    for commit in commits {
      for suffix in suffixes { try truncate(packs.appending("pack-\(commit)\(suffix)")) }
    }
    #expect(try scratch.reopen().repair?.replayed == 6)
    try expectWhole()
  }

  @Test(arguments: ["", "0123", "\0\0\0\0\0\0\0\0"])
  func commitsAgainWhenTheReferenceIsDamaged(_ content: String) throws {
    let (durable, _) = try prepare()
    try content.write(
      toFile: scratch.history.pushing("refs/heads/main").string, atomically: true,
      encoding: .utf8)
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.restartedFrom == durable)
    try expectWhole()
  }

  @Test func commitsAgainWhenTheReferenceIsGone() throws {
    _ = try prepare()
    try FileManager.default.removeItem(
      atPath: scratch.history.pushing("refs/heads/main").string)
    #expect(try scratch.reopen().repair?.replayed == 6)
    try expectWhole()
  }

  @Test(arguments: ["main~3", "main~9"])
  func goesOnWhenAnOlderReferenceCameBack(_ name: String) throws {
    _ = try prepare()
    try git(scratch.history, "update-ref", "refs/heads/main", name)
    try scratch.loseBoot()
    #expect(try #require(try scratch.reopen().repair).replayed > 0)
    try expectWhole()
  }

  @Test func commitsAgainWithoutAnyCheckpoint() throws {
    let history = try scratch.makeHistory()
    for record in records { try perform(record, in: history) }
    try truncate(try packFile(of: try revision("main")))
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.restartedFrom == nil)
    #expect(repair.replayed == 12)
    try expectWhole()
  }

  @Test func keepsABrokenTipThatCanBeRead() throws {
    let (_, tip) = try prepare()
    // A commit that no record can make again, above the damage.
    let foreign = try run(
      "/usr/bin/git",
      [
        "--git-dir=\(scratch.history)", "-c", "user.name=x", "-c", "user.email=x@x",
        "commit-tree", "-p", "main", "-m", "by hand", "main^{tree}",
      ]
    ).trimmingCharacters(in: .newlines)
    try git(scratch.history, "update-ref", "refs/heads/main", foreign)
    try truncate(try packFile(of: tip.description))
    try scratch.loseBoot()
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.preserved == "refs/sc/broken/1")
    #expect(try revision("refs/sc/broken/1") == foreign)
    try expectWhole()
  }

  @Test func keepsWhatCanBeReadBelowABrokenTip() throws {
    _ = try prepare()
    let foreign = try git(
      scratch.history, "-c", "user.name=x", "-c", "user.email=x@x", "commit-tree", "-p", "main",
      "-m", "by hand", "main^{tree}"
    ).trimmingCharacters(in: .newlines)
    try git(scratch.history, "update-ref", "refs/heads/main", foreign)
    let record = makeRecord(12)
    do { try perform(record, in: try scratch.reopen().history) }
    try flip(try revision("main:\(record.activityPath)"))
    try scratch.loseBoot()
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.replayed == 7)
    #expect(repair.preserved == "refs/sc/broken/1")
    #expect(try revision("refs/sc/broken/1") == foreign)
    try expectSound(scratch.history)
    // What was preserved is no reason to refuse the next repair.
    try truncate(try packFile(of: try revision("main")))
    #expect(try #require(try scratch.reopen().repair).replayed == 7)
    try expectSound(scratch.history)
  }

  /// Of a process that was killed before it moved the branch, or lost the race for it.
  @Test func putsAsideADamagedPackThatTheBranchNeverHad() throws {
    let (_, tip) = try prepare()
    try git(scratch.history, "update-ref", "refs/heads/main", "main~1")
    try FileManager.default.removeItem(
      atPath: scratch.history.pushing("sc/journal/committed").appending(
        "\(records[11].activityID).jsonl"
      ).string)
    let pack = try packFile(of: tip.description)
    try truncate(pack, to: 100)
    try scratch.loseBoot()
    #expect(try scratch.reopen().repair == nil)
    #expect(!exists(pack))
    let aside = try #require(pack.lastComponent)
    #expect(exists(scratch.history.pushing("sc/corrupt").appending(aside)))
    try expectSound(scratch.history)
  }

  @Test func refusesWhenNoRecordCanReplaceWhatIsLost() throws {
    do {
      let history = try scratch.makeHistory()
      for record in records { _ = try history.commit(record) }
    }
    let id = try revision("main~1:\(records[10].activityPath)")
    let pack = try packFile(of: id)
    try flip(id)
    try scratch.loseBoot()
    let before = try Data(
      contentsOf: URL(filePath: scratch.history.pushing("refs/heads/main").string))
    let error = #expect(throws: HistoryError.self) { _ = try scratch.reopen() }
    #expect(error?.code == .corrupt)
    #expect(error?.message.contains(id) == true)
    #expect(exists(pack))
    let after = try Data(
      contentsOf: URL(filePath: scratch.history.pushing("refs/heads/main").string))
    #expect(after == before)
  }

  @Test func refusesWhenTheDurableCommitIsDamaged() throws {
    let (durable, _) = try prepare()
    let folder = scratch.history.pushing("objects/pack")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.string) {
      try FileManager.default.removeItem(atPath: folder.appending(name).string)
    }
    try scratch.loseBoot()
    let error = #expect(throws: HistoryError.self) { _ = try scratch.reopen() }
    #expect(error?.code == .corrupt)
    #expect(error?.message.contains(durable.description) == true)
  }

  @Test func noticesAPackThatIsAnother() throws {
    let (durable, tip) = try prepare()
    let packs = try ["main~1", "main"].map { try pack(of: try revision($0)).path }
    for suffix in [".pack", ".idx"] {
      try run("/bin/cp", ["-f"] + packs.map { "\($0)\(suffix)" })
    }
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.damagedObjects == [tip.description])
    #expect(repair.restartedFrom == durable)
    try expectWhole()
  }

  /// The folder of the year, and the one above the documents.
  static let folders = ["main:activities/2026", "main:activities/2026/11/23/19"]

  @Test(arguments: folders, Damage.allCases)
  func mendsWhatACommitMeets(_ folder: String, _ damage: Damage) throws {
    let (durable, tip) = try prepare()
    let history = try scratch.reopen().history
    let id = try revision(folder)
    try spoil(id, damage, under: history)
    let record = makeRecord(12)
    let entry = try history.journal.begin(id: record.activityID, intent: ["op": "x"])
    try entry.finish(record)
    let result = try history.commit(record)
    try entry.retire()
    let repair = try #require(result.repair)
    #expect(repair.brokenTip == tip)
    #expect(repair.restartedFrom == durable)
    #expect(repair.damagedObjects.contains(damage == .flipped ? id : tip.description))
    #expect(repair.replayed == 7)
    for record in records + [record] {
      #expect(try history.activityDocument(record.activityID) == record.document)
    }
    #expect(try git(scratch.history, "rev-list", "--count", "main") == "13\n")
    try expectSound(scratch.history)
    #expect(try scratch.reopen().repair == nil)
    #expect(try history.commit(makeRecord(13)).repair == nil)
  }

  @Test(arguments: ["main:activities/2026", "main:activities/2026/11/23"], Damage.allCases)
  func mendsTheFoldersOfTheNewestDayWhenOpened(_ folder: String, _ damage: Damage) throws {
    let (durable, tip) = try prepare()
    let id = try revision(folder)
    try spoil(id, damage)
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.restartedFrom == durable)
    #expect(repair.damagedObjects.contains(damage == .flipped ? id : tip.description))
    #expect(repair.replayed == 6)
    try expectWhole()
  }

  @Test(arguments: folders, Damage.allCases)
  func leavesAsItIsWhatTheJournalCannotMend(_ folder: String, _ damage: Damage) throws {
    let (_, tip) = try prepare()
    let id = try revision(folder)
    let pack = try packFile(of: id)
    try spoil(id, damage)
    // The copy of one operation is gone, and another one is about to be committed.
    try FileManager.default.removeItem(
      atPath: scratch.history.pushing("sc/journal/committed").appending(
        "\(records[7].activityID).jsonl"
      ).string)
    guard damage == .flipped else {
      // The commit is lost, too.
      #expect(code { _ = try scratch.reopen() } == .corrupt)
      #expect(try revision("main") == tip.description)
      #expect(exists(pack) == (damage != .missing))
      return
    }
    let (history, repair) = try scratch.reopen()
    #expect(repair == nil)
    let record = makeRecord(12)
    let entry = try history.journal.begin(id: record.activityID, intent: ["op": "x"])
    try entry.finish(record)
    #expect(code { _ = try history.commit(record) } == .corrupt)
    #expect(try history.head() == tip)
    #expect(exists(pack))
    try entry.discard()
  }

  @Test(arguments: Damage.allCases)
  func mendsWhatACheckpointMeets(_ damage: Damage) throws {
    _ = try prepare()
    let history = try scratch.reopen().history
    try spoil(try revision("main:\(records[8].activityPath)"), damage, under: history)
    #expect(try history.checkpoint())
    #expect(try history.pending().awaitingCheckpoint == 0)
    try expectWhole()
  }

  @Test(arguments: Damage.allCases)
  func dropsNothingFromTheJournalWhenACheckpointFails(_ damage: Damage) throws {
    let (_, tip) = try prepare()
    let history = try scratch.reopen().history
    try spoil(try revision("main:\(records[8].activityPath)"), damage, under: history)
    try FileManager.default.removeItem(
      atPath: scratch.history.pushing("sc/journal/committed").appending(
        "\(records[7].activityID).jsonl"
      ).string)
    #expect(code { _ = try history.checkpoint() } == .corrupt)
    #expect(try history.head() == tip)
    #expect(try history.pending().awaitingCheckpoint == 5)
  }

  /// An operation that was committed, and whose process has not moved its entry yet.
  @Test func losesNothingThatIsOnItsWayIntoTheJournal() throws {
    let (_, _) = try prepare()
    let history = try scratch.reopen().history
    let record = makeRecord(12)
    let entry = try history.journal.begin(id: record.activityID, intent: ["op": "x"])
    try entry.finish(record)
    _ = try history.commit(record)
    try spoil(try revision("main:activities"), .truncated, under: history)
    let result = try history.commit(makeRecord(13))
    #expect(result.repair?.replayed == 7)
    try entry.retire()
    #expect(try history.activityDocument(record.activityID) == record.document)
    try expectSound(scratch.history)
  }

  @Test func namesTheObjectThatAReaderMisses() throws {
    _ = try prepare()
    let id = try revision("main:\(records[8].activityPath)")
    try truncate(try packFile(of: id))
    let history = try HistoryRepository.open(at: scratch.history).history
    let error = #expect(throws: HistoryError.self) {
      _ = try history.activityDocument(records[8].activityID)
    }
    #expect(error?.code == .corrupt)
    #expect(error?.message.contains(id) == true)
  }
}
