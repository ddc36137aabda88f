import Canonical
import Foundation
import Git
import History
import SystemPackage
import Testing

/// Pointers that are read, and content that comes in parts.
@Suite struct PointerTests {
  private let content = LargeContent(digest: SHA256Digest(of: "hello".utf8), byteCount: 5)

  private func pointer(_ text: String) -> LargeContent? { LargeContent(pointer: Array(text.utf8)) }

  @Test func readsPointers() {
    #expect(LargeContent(pointer: content.pointer) == content)
    let rest = "oid \(content.digest)\nsize 5\n"
    #expect(pointer("version https://hawser.github.com/spec/v1\n" + rest) == content)
    let version = "version https://git-lfs.github.com/spec/v1\n"
    #expect(pointer(version + "ext-0-foo sha256:\(content.digest.hexadecimal)\n" + rest) == content)
    for text in [
      "", "hello", rest, version, version + "size 5\n", version + "oid \(content.digest)\n",
      version + "oid sha512:\(content.digest.hexadecimal)\nsize 5\n",
      version + "oid \(content.digest)\nsize -5\n", version + rest + "size 6\n",
      "version https://git-lfs.github.com/spec/v2\n" + rest,
      version + rest + String(repeating: "x y\n", count: 300),
    ] {
      #expect(pointer(text) == nil, "\(text)")
    }
  }

  @Test func findsThePointersOfACommit() throws {
    let scratch = try Scratch()
    let history = try scratch.makeHistory()
    let other = LargeContent(digest: SHA256Digest(of: "other".utf8), byteCount: 5)
    try perform(makeRecord(1), in: history)
    try perform(makeRecord(2, snapshots: content.files(.archive)), in: history)
    try perform(makeRecord(3, snapshots: other.files(.archive)), in: history)
    let found = try history.pointers(in: try #require(try history.head()))
    #expect(
      found
        == [content, other].map { ContentPointer(path: $0.pointerPath(.archive), content: $0) }
        .sorted { $0.path < $1.path })
    #expect(try history.pointers(in: history.resolve("HEAD~1")).map(\.content) == [content])
  }

  @Test func pushesTheCommitsOfWhichTheContentWasSeenTo() throws {
    let scratch = try Scratch()
    let history = try scratch.makeHistory()
    try perform(makeRecord(1, snapshots: content.files(.archive)), in: history)
    let tip = try #require(try history.head())
    let remote = scratch.path.appending("remote.git")
    try run("/usr/bin/git", ["init", "-q", "--bare", "-b", "main", remote.string])
    let environment = ["PATH": "/usr/bin:/bin"]
    let program = GitProgram(in: environment)
    let connector = DirectConnector(
      to: .local(path: remote.string), [], environment: environment, limit: .seconds(60),
      isCancelled: { false })
    let upstream = Upstream(remote: "origin", branch: "main")
    var seen: [LargeContent] = []
    let first = try history.push(
      to: upstream, over: connector, with: program, contentIsThere: { seen.contains($0) },
      check: { _ in }, report: { _ in })
    #expect(
      first
        == .wantsContent([ContentPointer(path: content.pointerPath(.archive), content: content)]))
    seen = [content]
    // Somebody else goes on meanwhile, and keeps something.
    let other = try scratch.reopen().history
    let more = LargeContent(digest: SHA256Digest(of: "more".utf8), byteCount: 4)
    var isMoved = false
    let second = try history.push(
      to: upstream, over: connector, with: program, contentIsThere: { seen.contains($0) },
      check: { _ in }
    ) { _ in
      guard !isMoved else { return }
      isMoved = true
      try perform(makeRecord(2, snapshots: more.files(.archive)), in: other)
    }
    #expect(second == .pushed(from: nil, to: tip))
    #expect(isMoved)
    #expect(try git(remote, "rev-parse", "main") == "\(tip)\n")
    #expect(try git(scratch.history, "for-each-ref", "refs/sc").isEmpty)
    let third = try history.push(
      to: upstream, over: connector, with: program, contentIsThere: { seen.contains($0) },
      check: { _ in }, report: { _ in })
    #expect(
      third == .wantsContent([ContentPointer(path: more.pointerPath(.archive), content: more)]))
  }

  @Test func goesOnWithWhatCameBefore() throws {
    let scratch = try Scratch()
    let store = try scratch.makeHistory().content
    var partial = try store.resume(content)
    try partial?.append(Array("hel".utf8))
    // Nobody else writes to it meanwhile, and nobody takes it for a leftover.
    #expect(try store.resume(content) == nil)
    partial = nil
    #expect(try store.removeLeftovers() == 0)
    let rest = try #require(try store.resume(content))
    #expect(rest.byteCount == 3)
    #expect(throws: HistoryError.self) { try rest.keep() }
    #expect(throws: HistoryError.self) { try rest.append(Array("lo!".utf8)) }
    try rest.append(Array("lo".utf8))
    #expect(!store.has(content))
    try rest.keep()
    #expect(store.has(content))
    #expect(throws: HistoryError.self) { try rest.append([1]) }
  }

  @Test func keepsNoOtherBytes() throws {
    let scratch = try Scratch()
    let store = try scratch.makeHistory().content
    let partial = try #require(try store.resume(content))
    try partial.append(Array("hallo".utf8))
    #expect(code { try partial.keep() } == .corrupt)
    #expect(partial.byteCount == 0 && !store.has(content))
    try partial.append(Array("hello".utf8))
    try partial.keep()
    #expect(store.has(content))
  }

  @Test func forgetsPartsThatNobodyGoesOnWith() throws {
    let scratch = try Scratch()
    let store = try scratch.makeHistory().content
    try store.resume(content)?.append([1])
    let part = "\(scratch.history)/lfs/incoming/\(content.digest.hexadecimal).part"
    #expect(FileManager.default.fileExists(atPath: part))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -8 * 24 * 3600)], ofItemAtPath: part)
    #expect(try store.removeLeftovers() == 1)
    // What nothing came of leaves nothing.
    _ = try store.resume(content)
    #expect(!FileManager.default.fileExists(atPath: part))
  }
}
