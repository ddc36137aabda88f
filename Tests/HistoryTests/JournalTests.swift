import Canonical
import Foundation
import History
import SystemPackage
import Testing

@Suite struct JournalTests {
  let scratch: Scratch
  let history: HistoryRepository

  init() throws {
    scratch = try Scratch()
    history = try scratch.makeHistory()
  }

  /// Begins an entry and lets go of it, as a killed process does.
  private func abandon(
    _ record: OperationRecord = makeRecord(), _ steps: (JournalEntry) throws -> Void = { _ in }
  ) throws -> FilePath {
    let entry = try history.journal.begin(id: record.activityID, intent: ["op": "test"])
    try steps(entry)
    return entry.path
  }

  private func change(_ path: FilePath, _ body: (inout Data) -> Void) throws {
    let url = URL(filePath: path.string)
    var data = try Data(contentsOf: url)
    body(&data)
    // In place: the file stays the same one.
    let handle = try FileHandle(forWritingTo: url)
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: data)
    try handle.close()
  }

  @Test func givesBackWhatAKilledProcessLeft() throws {
    let record = makeRecord()
    _ = try abandon(record) { entry in
      try entry.append(["exit": 0])
      try entry.append("second\nline")
      try entry.finish(record)
    }
    let found = try history.journal.abandoned()
    let only = try #require(found.entries.first)
    #expect(found.entries.count == 1 && found.corrupt.isEmpty)
    #expect(only.entry.id == record.activityID)
    #expect(only.intent == ["op": "test"])
    #expect(only.parts == [["exit": 0], "second\nline"])
    #expect(only.finished == record)
  }

  @Test func leavesTheEntriesOfTheLivingAlone() throws {
    let entry = try history.journal.begin(id: makeRecord().activityID, intent: "x")
    let other = try HistoryRepository.open(at: scratch.history).history
    #expect(try other.journal.abandoned().entries.isEmpty)
    #expect(try other.pending().uncommitted == 1)
    try entry.discard()
    #expect(try other.pending().uncommitted == 0)
  }

  @Test func givesEachEntryToOneWhoAsks() throws {
    _ = try abandon()
    let other = try HistoryRepository.open(at: scratch.history).history
    let first = try history.journal.abandoned()
    #expect(first.entries.count == 1)
    #expect(try other.journal.abandoned().entries.isEmpty)
    try #require(first.entries.first).entry.discard()
    #expect(try other.journal.abandoned().entries.isEmpty)
  }

  @Test func givesTheEntryOfAProcessThatWasKilled() throws {
    let path = try abandon()
    let holder = Process()
    holder.executableURL = URL(filePath: "/usr/bin/flock")
    holder.arguments = [
      "--no-fork", path.string, "/bin/sh", "-c", "echo held; exec sleep 60",
    ]
    let output = Pipe()
    holder.standardOutput = output
    try holder.run()
    _ = output.fileHandleForReading.readData(ofLength: 5)
    #expect(try history.journal.abandoned().entries.isEmpty)
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    #expect(try history.journal.abandoned().entries.count == 1)
  }

  @Test(arguments: [1, 5, 20, 300])
  func leavesOutATornTailAndWritesOverIt(_ cut: Int) throws {
    let record = makeRecord()
    let path = try abandon(record) { entry in
      try entry.append("part")
      try entry.finish(record)
    }
    try change(path) { $0.removeLast(cut) }
    let found = try #require(try history.journal.abandoned().entries.first)
    #expect(found.finished == nil)
    #expect(found.parts == ["part"])
    try found.entry.finish(record)
    _ = consume found
    #expect(try history.journal.abandoned().entries.first?.finished == record)
  }

  @Test func takesZerosAtTheEndForATornTail() throws {
    let record = makeRecord()
    let path = try abandon(record) { try $0.finish(record) }
    try change(path) { data in
      let end = data.count
      data.replaceSubrange((end - 200)..<(end - 1), with: Data(count: 199))
    }
    let found = try history.journal.abandoned()
    #expect(found.corrupt.isEmpty)
    #expect(found.entries.first?.finished == nil)
    #expect(found.entries.first?.intent == ["op": "test"])
  }

  @Test(arguments: [0, 12, 40])
  func setsADamagedEntryAside(_ offset: Int) throws {
    let record = makeRecord()
    let path = try abandon(record) { try $0.finish(record) }
    try change(path) { $0[$0.startIndex + offset] ^= 1 }
    let before = try Data(contentsOf: URL(filePath: path.string))
    let found = try history.journal.abandoned()
    #expect(found.entries.isEmpty)
    let corrupt = try #require(found.corrupt.first)
    #expect(
      corrupt.path
        == scratch.history.pushing(
          FilePath("sc/journal/corrupt/\(record.activityID).jsonl")))
    #expect(try Data(contentsOf: URL(filePath: corrupt.path.string)) == before)
    #expect(try history.pending().corrupt == 1)
    #expect(try history.journal.abandoned().corrupt.isEmpty)
  }

  @Test func takesABadDigestOfAWholeLastLineForDamage() throws {
    let record = makeRecord()
    let path = try abandon(record) { try $0.finish(record) }
    try change(path) { $0[$0.endIndex - 10] ^= 1 }
    #expect(try history.journal.abandoned().corrupt.count == 1)
  }

  @Test func retiresAnEntryUntilTheCheckpoint() throws {
    try perform(makeRecord(), in: history)
    #expect(try history.journal.abandoned().entries.isEmpty)
    #expect(try history.pending().uncommitted == 0)
    #expect(try history.pending().awaitingCheckpoint == 1)
    #expect(try history.checkpoint())
    #expect(try history.pending().awaitingCheckpoint == 0)
  }

  @Test func refusesASecondEntryOfAnActivity() throws {
    let record = makeRecord()
    let entry = try history.journal.begin(id: record.activityID, intent: 1)
    #expect(
      code { _ = try history.journal.begin(id: record.activityID, intent: 2) } == .invalid)
    try entry.retire()
    #expect(code { try entry.append(1) } == .invalid)
  }

  @Test func keepsARecordByteForByte() throws {
    var record = makeRecord(subject: "quotes \" and \u{1F600}\n")
    record.snapshots.append(.init(path: "containers/aa/aa.json", content: nil))
    record.snapshots.append(.init(path: "containers/aa/ab.json", content: []))
    #expect(OperationRecord(json: record.json) == record)
    let text = record.json.text()
    #expect(OperationRecord(json: try JSONValue(parsing: text)) == record)
    #expect(OperationRecord(json: ["activity": "x"]) == nil)
  }

  @Test func refusesARecordThatIsNoText() throws {
    var record = makeRecord()
    record.document = [0xFF]
    let entry = try history.journal.begin(id: record.activityID, intent: 1)
    #expect(code { try entry.finish(record) } == .invalid)
  }
}
