import Canonical
import Foundation
import History
import SystemPackage
import Testing

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

  private func loosePath(_ id: String) -> FilePath {
    scratch.history.pushing(FilePath("objects/\(id.prefix(2))/\(id.dropFirst(2))"))
  }

  private func truncate(_ path: FilePath, to size: UInt64 = 0) throws {
    try run("/bin/chmod", ["u+w", path.string])
    let handle = try FileHandle(forWritingTo: URL(filePath: path.string))
    try handle.truncate(atOffset: size)
    try handle.close()
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

  @Test(arguments: ["main", "main^{tree}"], [0, 10] as [UInt64])
  func commitsAgainWhenTheTipIsDamaged(_ name: String, _ size: UInt64) throws {
    let (durable, tip) = try prepare()
    let id = try revision(name)
    try truncate(loosePath(id), to: size)
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.brokenTip == tip)
    #expect(repair.restartedFrom == durable)
    #expect(repair.damagedObjects == [id])
    #expect(repair.replayed == 6)
    try expectWhole()
    #expect(try scratch.reopen().repair == nil)
    #expect(exists(scratch.history.pushing(FilePath("sc/corrupt/\(id)"))))
  }

  @Test func findsDamageBelowTheTipAfterAPowerCut() throws {
    let (durable, _) = try prepare()
    let blob = try revision("main~3:\(records[8].activityPath)")
    try truncate(loosePath(blob))
    try scratch.loseBoot()
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.damagedObjects == [blob])
    #expect(repair.restartedFrom == durable)
    try expectWhole()
  }

  @Test func commitsAgainWhenEverythingLooseIsEmpty() throws {
    _ = try prepare()
    for name in try FileManager.default.subpathsOfDirectory(
      atPath: scratch.history.appending("objects").string)
    where name.utf8.count == 41 && !name.hasPrefix("pack") {
      try truncate(scratch.history.appending("objects").pushing(FilePath(name)))
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
    try truncate(loosePath(try revision("main")))
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
    try truncate(loosePath(tip.description))
    try scratch.loseBoot()
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.preserved == "refs/sc/broken/1")
    #expect(try revision("refs/sc/broken/1") == foreign)
    try expectWhole()
  }

  @Test func refusesWhenNoRecordCanReplaceWhatIsLost() throws {
    let history = try scratch.makeHistory()
    for record in records { _ = try history.commit(record) }
    let id = try revision("main^{tree}")
    try truncate(loosePath(id))
    let before = try Data(
      contentsOf: URL(filePath: scratch.history.pushing("refs/heads/main").string))
    let error = #expect(throws: HistoryError.self) { _ = try scratch.reopen() }
    #expect(error?.code == .corrupt)
    #expect(error?.message.contains(id) == true)
    #expect(exists(loosePath(id)))
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

  @Test func noticesAnObjectThatIsAnother() throws {
    let (durable, _) = try prepare()
    let ids = try ["main^{tree}", "main~1^{tree}"].map(revision)
    try run("/bin/cp", ["-f"] + ids.reversed().map { loosePath($0).string })
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.damagedObjects == [ids[0]])
    #expect(repair.restartedFrom == durable)
    try expectWhole()
  }

  private func spoil(_ id: String, _ damage: Damage) throws {
    switch damage {
    case .truncated: try truncate(loosePath(id), to: 10)
    case .missing: try FileManager.default.removeItem(atPath: loosePath(id).string)
    }
  }

  enum Damage: CaseIterable {
    case truncated, missing
  }

  /// The folder of the year, and the one above the documents.
  static let folders = ["main:activities/2026", "main:activities/2026/11/23/19"]

  @Test(arguments: folders, Damage.allCases)
  func mendsWhatACommitMeets(_ folder: String, _ damage: Damage) throws {
    let (durable, tip) = try prepare()
    let history = try scratch.reopen().history
    let id = try revision(folder)
    try spoil(id, damage)
    let record = makeRecord(12)
    let entry = try history.journal.begin(id: record.activityID, intent: ["op": "x"])
    try entry.finish(record)
    let result = try history.commit(record)
    try entry.retire()
    #expect(!result.isAlreadyThere)
    let repair = try #require(result.repair)
    #expect(repair.brokenTip == tip)
    #expect(repair.restartedFrom == durable)
    #expect(repair.damagedObjects == [id])
    #expect(repair.replayed == 6)
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
    let (durable, _) = try prepare()
    let id = try revision(folder)
    try spoil(id, damage)
    let repair = try #require(try scratch.reopen().repair)
    #expect(repair.restartedFrom == durable)
    #expect(repair.damagedObjects == [id])
    #expect(repair.replayed == 6)
    try expectWhole()
  }

  @Test(arguments: folders, Damage.allCases)
  func leavesAsItIsWhatTheJournalCannotMend(_ folder: String, _ damage: Damage) throws {
    let (_, tip) = try prepare()
    let id = try revision(folder)
    try spoil(id, damage)
    // The copy of one operation is gone, and another one is about to be committed.
    try FileManager.default.removeItem(
      atPath: scratch.history.pushing("sc/journal/committed").appending(
        "\(records[7].activityID).jsonl"
      ).string)
    let (history, repair) = try scratch.reopen()
    #expect(repair == nil)
    let record = makeRecord(12)
    let entry = try history.journal.begin(id: record.activityID, intent: ["op": "x"])
    try entry.finish(record)
    #expect(code { _ = try history.commit(record) } == .corrupt)
    #expect(try history.head() == tip)
    #expect(exists(loosePath(id)) == (damage == .truncated))
    try entry.discard()
  }

  @Test(arguments: Damage.allCases)
  func mendsWhatACheckpointMeets(_ damage: Damage) throws {
    _ = try prepare()
    let history = try scratch.reopen().history
    try spoil(try revision("main:\(records[8].activityPath)"), damage)
    #expect(try history.checkpoint())
    #expect(try history.pending().awaitingCheckpoint == 0)
    try expectWhole()
  }

  @Test(arguments: Damage.allCases)
  func dropsNothingFromTheJournalWhenACheckpointFails(_ damage: Damage) throws {
    let (_, tip) = try prepare()
    let history = try scratch.reopen().history
    try spoil(try revision("main:\(records[8].activityPath)"), damage)
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
    try spoil(try revision("main:activities"), .truncated)
    let result = try history.commit(makeRecord(13))
    #expect(result.repair?.replayed == 7)
    try entry.retire()
    #expect(try history.activityDocument(record.activityID) == record.document)
    try expectSound(scratch.history)
  }

  @Test func namesTheObjectThatAReaderMisses() throws {
    _ = try prepare()
    let id = try revision("main:\(records[8].activityPath)")
    try truncate(loosePath(id))
    let history = try HistoryRepository.open(at: scratch.history).history
    let error = #expect(throws: HistoryError.self) {
      _ = try history.activityDocument(records[8].activityID)
    }
    #expect(error?.code == .corrupt)
    #expect(error?.message.contains(id) == true)
  }
}
