import Canonical
import Foundation
import History
import SystemPackage
import Testing

@Suite struct CheckpointTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func looseObjects() throws -> Int {
    let counts = try git(scratch.history, "count-objects", "-v")
    let line = counts.split(separator: "\n").first { $0.hasPrefix("count: ") }
    return try #require(line.flatMap { Int($0.dropFirst(7)) })
  }

  private func packs() throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: scratch.history.pushing("objects/pack").string
    ).filter { $0.hasSuffix(".pack") }
  }

  @Test func leavesOnePackAndNothingLoose() throws {
    let history = try scratch.makeHistory()
    let records = (0..<30).map { makeRecord($0) }
    for record in records { try perform(record, in: history) }
    #expect(try history.checkpoint())
    #expect(try looseObjects() == 0)
    #expect(try packs().count == 1)
    #expect(try history.pending().awaitingCheckpoint == 0)
    for record in records {
      #expect(try history.activityDocument(record.activityID) == record.document)
    }
    let durable = try String(
      contentsOfFile: scratch.history.pushing("sc/durable").string, encoding: .utf8)
    #expect(durable == "\(try #require(try history.head()))\n")
    try expectSound(scratch.history)
  }

  @Test func waitsForABatch() throws {
    let history = try scratch.makeHistory(limits: .init(checkpointBatch: 3))
    var done: [Bool] = []
    for number in 0..<7 {
      try perform(makeRecord(number), in: history)
      done.append(try history.checkpointIfDue())
    }
    #expect(done == [false, false, true, false, false, true, false])
  }

  @Test func isDoneByOneProcessAtATime() throws {
    let history = try scratch.makeHistory()
    try perform(makeRecord(), in: history)
    let holder = Process()
    holder.executableURL = URL(filePath: "/usr/bin/flock")
    holder.arguments = [
      scratch.history.pushing("sc/checkpoint.lock").string, "-c", "echo held; read line",
    ]
    let (output, input) = (Pipe(), Pipe())
    holder.standardOutput = output
    holder.standardInput = input
    try holder.run()
    _ = output.fileHandleForReading.readData(ofLength: 5)
    #expect(try !history.checkpoint())
    #expect(try history.pending().awaitingCheckpoint == 1)
    try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
    holder.waitUntilExit()
    #expect(try history.checkpoint())
  }

  @Test func keepsTheNumberOfPacksLogarithmic() throws {
    let history = try scratch.makeHistory(limits: .init(checkpointBatch: 5, packsOfASize: 4))
    var most = 0
    var records: [OperationRecord] = []
    for number in 0..<240 {
      let record = makeRecord(number, after: Int64(number) * 7)
      records.append(record)
      _ = try history.commit(record)
      #expect(try packs().count <= 12 + 5)
      if number % 5 == 4 {
        try history.checkpoint()
        most = max(most, try packs().count)
      }
    }
    // At most three of each size: tens, hundreds, thousands of objects.
    #expect(most <= 12)
    #expect(try git(scratch.history, "rev-list", "--count", "main") == "240\n")
    #expect(try looseObjects() == 0)
    for record in records.shuffled().prefix(100) {
      #expect(try history.activityDocument(record.activityID) == record.document)
    }
    try expectSound(scratch.history)
  }

  @Test func isReadByAHistoryThatWasOpenBefore() throws {
    let history = try scratch.makeHistory(limits: .init(packsOfASize: 3))
    let reader = try HistoryRepository.open(at: scratch.history).history
    for number in 0..<40 {
      let record = makeRecord(number)
      try perform(record, in: history)
      #expect(try reader.activityDocument(record.activityID) == record.document)
      if number % 4 == 3 { try history.checkpoint() }
      #expect(try reader.activityDocument(record.activityID) == record.document)
    }
  }

  @Test func takesInWhatPlainGitPacked() throws {
    let history = try scratch.makeHistory()
    for number in 0..<5 { try perform(makeRecord(number), in: history) }
    try git(scratch.history, "gc", "-q")
    for number in 5..<10 { try perform(makeRecord(number), in: history) }
    #expect(try history.checkpoint())
    #expect(try looseObjects() == 0)
    try expectSound(scratch.history)
  }

  /// The index that git's maintenance may write names packs that go.
  @Test func takesAwayPacksThatAnIndexOfAllNames() throws {
    let history = try scratch.makeHistory(limits: .init(packsOfASize: 3))
    var records: [OperationRecord] = []
    func performMore() throws {
      for number in records.count..<(records.count + 3) {
        records.append(makeRecord(number))
        try perform(records[number], in: history)
      }
    }
    for _ in 0..<4 {
      try performMore()
      try git(scratch.history, "multi-pack-index", "write")
      let reader = try HistoryRepository.open(at: scratch.history).history
      _ = try reader.activityDocument(records[0].activityID)
      try performMore()
      #expect(try history.checkpoint())
      for reader in [reader, history, try scratch.reopen().history] {
        for record in records {
          #expect(try reader.activityDocument(record.activityID) == record.document)
        }
      }
      try expectSound(scratch.history)
    }
    #expect(try packs().count <= 4)
  }

  /// What git writes by itself is loose, and on it an operation may follow.
  @Test func takesInWhatPlainGitWrote() throws {
    let history = try scratch.makeHistory()
    try perform(makeRecord(0), in: history)
    let byHand = try git(
      scratch.history, "-c", "user.name=x", "-c", "user.email=x@x", "commit-tree", "-p", "main",
      "-m", "by hand", "main^{tree}"
    ).trimmingCharacters(in: .newlines)
    try git(scratch.history, "update-ref", "refs/heads/main", byHand)
    try perform(makeRecord(1), in: history)
    #expect(try looseObjects() == 1)
    #expect(try packs().count == 2)
    #expect(try history.checkpoint())
    #expect(try looseObjects() == 0)
    #expect(try packs().count == 1)
    try expectSound(scratch.history)
  }

  /// A pack whose process was killed before it moved the branch, or that is about to move it.
  @Test func leavesAPackOfACommitThatTheBranchDoesNotHave() throws {
    let history = try scratch.makeHistory()
    try perform(makeRecord(0), in: history)
    let base = try #require(try history.head())
    try perform(makeRecord(1), in: history)
    let other = try #require(try history.head())
    try git(scratch.history, "update-ref", "refs/heads/main", "\(base)")
    #expect(try history.checkpoint())
    #expect(try packs().contains("pack-\(other).pack"))
    #expect(try !packs().contains("pack-\(base).pack"))
    try git(scratch.history, "update-ref", "refs/heads/main", "\(other)")
    #expect(try history.checkpoint())
    #expect(try !packs().contains("pack-\(other).pack"))
    try expectSound(scratch.history)
  }
}
