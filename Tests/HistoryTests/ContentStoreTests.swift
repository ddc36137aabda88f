import Canonical
import Foundation
import Glibc
import History
import SystemPackage
import Testing

@Suite struct ContentStoreTests {
  private let scratch: Scratch
  private let history: HistoryRepository

  init() throws {
    scratch = try Scratch()
    history = try scratch.makeHistory()
  }

  private func content(_ text: String) -> LargeContent {
    LargeContent(digest: SHA256Digest(of: text.utf8), byteCount: Int64(text.utf8.count))
  }

  /// The names under a folder of `lfs`, with those of its folders.
  private func files(_ folder: String) -> [String] {
    let path = scratch.history.pushing(FilePath("lfs/\(folder)")).string
    let names = try? FileManager.default.subpathsOfDirectory(atPath: path)
    return (names ?? []).sorted()
  }

  private func object(of text: String) -> String {
    let name = SHA256Digest(of: text.utf8).hexadecimal
    return "\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)"
  }

  private func keep(_ text: String) throws {
    let draft = try history.content.begin()
    for part in text { try draft.append(Array(String(part).utf8)) }
    try draft.keep(as: content(text))
  }

  /// The example of the Git LFS specification, "The Pointer".
  @Test func writesPointersAsGitLFSDoes() throws {
    let digest = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
    let content = LargeContent(
      digest: try #require(SHA256Digest("sha256:" + digest)), byteCount: 12345)
    #expect(
      String(decoding: content.pointer, as: UTF8.self)
        == """
        version https://git-lfs.github.com/spec/v1
        oid sha256:\(digest)
        size 12345

        """)
    #expect(content.pointerPath(.archive) == "content/4d/\(digest).tar")
  }

  @Test func keepsBytesUnderTheirDigest() throws {
    #expect(!history.content.has(content("hello")))
    try keep("hello")
    #expect(history.content.has(content("hello")))
    #expect(files("objects").last == object(of: "hello"))
    #expect(files("incoming").isEmpty)
    let path = scratch.history.pushing(FilePath("lfs/objects/\(object(of: "hello"))")).string
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "hello")
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o444)
  }

  @Test func keepsTheSameBytesOnce() throws {
    try keep("hello")
    let path = scratch.history.pushing(FilePath("lfs/objects/\(object(of: "hello"))")).string
    var (first, second) = (stat(), stat())
    #expect(stat(path, &first) == 0)
    try keep("hello")
    #expect(stat(path, &second) == 0)
    #expect(first.st_ino == second.st_ino)
    #expect(files("incoming").isEmpty)
  }

  @Test func replacesAnObjectThatWasCutShort() throws {
    try keep("hello")
    let path = scratch.history.pushing(FilePath("lfs/objects/\(object(of: "hello"))")).string
    #expect(chmod(path, 0o644) == 0 && truncate(path, 2) == 0)
    #expect(!history.content.has(content("hello")))
    try keep("hello")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "hello")
  }

  @Test func leavesNothingOfWhatIsNotKept() throws {
    do {
      let draft = try history.content.begin()
      try draft.append([1, 2, 3])
      #expect(files("incoming").count == 1)
    }
    #expect(files("incoming").isEmpty)
    let draft = try history.content.begin()
    try draft.append([1, 2])
    // Not all of it came.
    #expect(throws: HistoryError.self) { try draft.keep(as: content("hello")) }
    draft.discard()
    #expect(files("incoming").isEmpty && files("objects").isEmpty)
    #expect(throws: HistoryError.self) { try draft.append([3]) }
    #expect(throws: HistoryError.self) { try draft.keep(as: content("hello")) }
  }

  @Test func removesLeftoversAndNothingThatIsAtWork() throws {
    let draft = try history.content.begin()
    try draft.append(Array("hel".utf8))
    let folder = scratch.history.pushing("lfs/incoming")
    try "left".write(
      toFile: folder.appending("4711.1").string, atomically: false, encoding: .utf8)
    #expect(mkfifo(folder.appending("pipe").string, 0o600) == 0)
    #expect(symlink("/etc/passwd", folder.appending("link").string) == 0)
    try history.content.removeLeftovers()
    #expect(!files("incoming").contains("4711.1"))
    try draft.append(Array("lo".utf8))
    try draft.keep(as: content("hello"))
    #expect(history.content.has(content("hello")))
    #expect(files("objects").count == 3)
  }

  @Test func manyKeepTheSameAtOnce() async throws {
    let content = content("hello")
    let store = history.content
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<20 {
            let draft = try store.begin()
            try draft.append(Array("hello".utf8))
            try store.removeLeftovers()
            try draft.keep(as: content)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(store.has(content))
    #expect(files("incoming").isEmpty)
  }
}
