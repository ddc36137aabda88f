import Foundation
import History
import SystemPackage
import Testing

@Suite struct CreationTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func makesABareRepositoryThatGitFindsSound() throws {
    let made = try HistoryRepository.create(at: scratch.history)
    #expect(!made.existed)
    #expect(try git(scratch.history, "rev-parse", "--is-bare-repository") == "true\n")
    #expect(try git(scratch.history, "symbolic-ref", "HEAD") == "refs/heads/main\n")
    #expect(try git(scratch.history, "config", "--local", "sc.formatVersion") == "1\n")
    try expectSound(scratch.history)
  }

  @Test func writesTheFilesOfTheTemplate() throws {
    _ = try scratch.makeHistory()
    for file in RepositoryTemplate.files {
      let path = scratch.history.pushing(FilePath(file.path))
      #expect(try String(contentsOfFile: path.string, encoding: .utf8) == file.content)
    }
  }

  @Test func carriesTheSameTemplateAsTheProject() throws {
    let project = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let folder = project.appending(path: "templates/repository")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path())
    #expect(names.sorted() == RepositoryTemplate.files.map(\.path).sorted())
    for file in RepositoryTemplate.files {
      let content = try String(contentsOf: folder.appending(path: file.path), encoding: .utf8)
      #expect(content == file.content, "\(file.path)")
    }
  }

  @Test func isHarmlessWhenRunAgain() throws {
    let first = try HistoryRepository.create(at: scratch.history).history
    let (host, key) = (try first.hostID(), try first.redactionKey())
    _ = try first.commit(makeRecord())
    let again = try HistoryRepository.create(at: scratch.history)
    #expect(again.existed)
    #expect(try again.history.hostID() == host)
    #expect(try again.history.redactionKey() == key)
    #expect(try again.history.head() == first.head())
  }

  @Test func keepsTheKeyFromOthers() throws {
    let history = try scratch.makeHistory()
    #expect(try history.redactionKey().count == 32)
    let key = scratch.history.appending("sc").appending("redaction.key").string
    let mode = try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  /// Many times: who comes while another is half done must wait, and hardly ever comes then.
  @Test func makesOneHostAndOneKeyWhenManyCreateAtOnce() async throws {
    for round in 0..<20 {
      let path = scratch.path.appending("\(round)")
      let found = try await withThrowingTaskGroup(of: [String].self) { group in
        for _ in 0..<8 {
          group.addTask {
            let history = try HistoryRepository.create(at: path).history
            return [try history.hostID(), "\(try history.redactionKey())"]
          }
        }
        return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
      }
      #expect(found.count == 1)
    }
  }

  /// Many a tool that copies folders leaves out the empty ones.
  @Test func completesACopyWithoutEmptyFolders() throws {
    _ = try scratch.makeHistory()
    try FileManager.default.removeItem(atPath: scratch.history.pushing("objects/pack").string)
    let history = try HistoryRepository.create(at: scratch.history).history
    let record = makeRecord()
    try perform(record, in: history)
    #expect(try history.activityDocument(record.activityID) == record.document)
    try expectSound(scratch.history)
  }

  @Test func isNotAddedByAProjectAroundIt() throws {
    let project = scratch.path.string
    try run("/usr/bin/git", ["init", "-q", project])
    _ = try scratch.makeHistory()
    #expect(try run("/usr/bin/git", ["-C", project, "status", "--porcelain"]) == "")
  }

  @Test func refusesAFileInTheWay() throws {
    try "text".write(toFile: scratch.history.string, atomically: true, encoding: .utf8)
    #expect(code { _ = try HistoryRepository.create(at: scratch.history) } == .notRepository)
  }

  @Test func refusesAFolderThatIsSomethingElse() throws {
    try FileManager.default.createDirectory(
      atPath: scratch.history.appending("refs").string, withIntermediateDirectories: true)
    #expect(code { _ = try HistoryRepository.create(at: scratch.history) } == .notRepository)
    #expect(code { _ = try HistoryRepository.open(at: scratch.history) } == .notRepository)
  }

  @Test func refusesANewerFormat() throws {
    _ = try scratch.makeHistory()
    try git(scratch.history, "config", "sc.formatVersion", "2")
    #expect(code { _ = try HistoryRepository.open(at: scratch.history) } == .unsupportedFormat)
  }

  @Test func refusesAShallowClone() throws {
    let history = try scratch.makeHistory()
    for number in 0..<3 { _ = try history.commit(makeRecord(number)) }
    let clone = scratch.path.appending("clone")
    try run(
      "/usr/bin/git",
      ["clone", "-q", "--bare", "--depth", "1", "file://\(scratch.history)", clone.string])
    #expect(code { _ = try HistoryRepository.open(at: clone) } == .shallow)
  }

  @Test func opensAPlainCloneAndCompletesIt() throws {
    let history = try scratch.makeHistory()
    _ = try history.commit(makeRecord())
    let clone = scratch.path.appending("clone")
    try run("/usr/bin/git", ["clone", "-q", "--bare", scratch.history.string, clone.string])
    let opened = try HistoryRepository.open(at: clone, for: .writing).history
    #expect(try opened.hostID() != history.hostID())
    #expect(try opened.head() == history.head())
  }
}
