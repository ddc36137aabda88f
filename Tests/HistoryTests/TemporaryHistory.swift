import Canonical
import Foundation
import History
import SystemPackage
import Testing

/// A folder of the test's own, which goes with it.
final class Scratch {
  let path: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(
      path: "sc-history-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = FilePath(url.path())
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }

  /// The path of a history that is not made yet.
  var history: FilePath { path.appending(".sc") }

  /// Makes a history in the folder.
  func makeHistory(
    limits: HistoryRepository.Limits = HistoryRepository.Limits()
  ) throws -> HistoryRepository {
    _ = try HistoryRepository.create(at: history, limits: limits)
    return try reopen(limits: limits).history
  }

  func reopen(
    limits: HistoryRepository.Limits = HistoryRepository.Limits()
  ) throws -> (history: HistoryRepository, repair: HistoryRepair?) {
    try HistoryRepository.open(at: history, for: .writing, limits: limits)
  }

  /// What the machine would leave had it lost power and started anew.
  func loseBoot() throws {
    try "another boot\n".write(
      toFile: history.appending("sc").appending("boot").string, atomically: true, encoding: .utf8)
  }
}

/// Runs a program and gives what it printed; fails the test when it fails.
@discardableResult
func run(
  _ program: String, _ arguments: [String], environment: [String: String] = [:]
) throws -> String {
  let process = Process()
  process.executableURL = URL(filePath: program)
  process.arguments = arguments
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  let output = Pipe()
  process.standardOutput = output
  process.standardError = output
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  let text = String(decoding: data, as: UTF8.self)
  try #require(process.terminationStatus == 0, "\(program) \(arguments): \(text)")
  return text
}

/// Runs git on a history.
@discardableResult
func git(_ history: FilePath, _ arguments: String...) throws -> String {
  try run(
    "/usr/bin/git", ["--git-dir=\(history)"] + arguments,
    environment: ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"])
}

/// Checks that git finds nothing wrong. Its notices are of a history without a commit.
func expectSound(
  _ history: FilePath, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let report = try git(history, "fsck", "--strict", "--no-dangling", "--no-progress")
  let findings = report.split(separator: "\n").filter { !$0.hasPrefix("notice: ") }
  #expect(findings.isEmpty, sourceLocation: sourceLocation)
}

/// The time that records of tests begin at: 2026-11-23T19:05:01.123Z.
let start = Timestamp(millisecondsSince1970: 1_795_460_701_123)

/// A record that looks like a real one.
func makeRecord(
  _ number: Int = 0, after seconds: Int64? = nil, subject: String? = nil,
  fields: [OperationRecord.Field] = [], snapshots: [OperationRecord.Snapshot]? = nil
) -> OperationRecord {
  var generator = SystemRandomNumberGenerator()
  let began = Timestamp(
    millisecondsSince1970: start.millisecondsSince1970 + (seconds ?? Int64(number)) * 1000)
  let id = ActivityID(at: began, using: &generator)
  let container = SHA256Digest(of: "container \(number % 50)".utf8).hexadecimal
  return OperationRecord(
    activityID: id, startedAt: began,
    endedAt: Timestamp(millisecondsSince1970: began.millisecondsSince1970 + 300),
    document: Array("{\n  \"@id\": \"\(id.iri)\"\n}\n".utf8),
    snapshots: snapshots ?? [
      .init(
        path: "containers/\(container.prefix(2))/\(container).json",
        content: Array("{\"number\": \(number)}\n".utf8))
    ],
    subject: subject ?? "create number \(number)",
    fields: fields.isEmpty
      ? [
        .init(name: "Operation", value: "container.create"),
        .init(name: "Activity", value: id.iri),
      ] : fields,
    author: .init(name: "Ada Lovelace", email: "ada@example.org"), hostID: "host")
}

/// Does what a recorder does: intent, finished record, commit, retirement.
func perform(_ record: OperationRecord, in history: HistoryRepository) throws {
  let entry = try history.journal.begin(id: record.activityID, intent: ["op": "container.create"])
  try entry.finish(record)
  _ = try history.commit(record)
  try entry.retire()
}

/// The code of the history's error that `body` throws.
func code(of body: () throws -> Void) -> HistoryError.Code? {
  do {
    try body()
    return nil
  } catch {
    return (error as? HistoryError)?.code
  }
}

func exists(_ path: FilePath) -> Bool { FileManager.default.fileExists(atPath: path.string) }
