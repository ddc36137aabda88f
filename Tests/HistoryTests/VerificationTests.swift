import Canonical
import Foundation
import Git
import SystemPackage
import Testing

@testable import History

@Suite struct VerificationTests {
  let scratch: Scratch
  let history: HistoryRepository
  let policy = VerificationPolicy(
    verifier: GitVerifier(allowedSigners: nil, environment: ["PATH": "/usr/bin:/bin"]))

  init() throws {
    scratch = try Scratch()
    history = try scratch.makeHistory()
  }

  private func verify(_ policy: VerificationPolicy? = nil) throws -> VerificationReport {
    try scratch.reopen().history.verify(policy ?? self.policy) { _, _ in }
  }

  /// A record whose activity is what its name says, and content that is kept.
  private func fill() throws { try Self.fill(history) }

  private static func fill(_ history: HistoryRepository) throws {
    for number in 0..<5 { try perform(makeRecord(number), in: history) }
    let bytes = Array("kept content".utf8)
    let content = LargeContent(digest: SHA256Digest(of: bytes), byteCount: Int64(bytes.count))
    let draft = try history.content.begin()
    try draft.append(bytes)
    try draft.keep(as: content)
    var record = makeRecord(5)
    record.snapshots += content.files(.archive)
    try perform(record, in: history)
    try history.checkpoint()
    for number in 6..<9 { try perform(makeRecord(number), in: history) }
  }

  @Test func findsNothingInAWholeHistory() throws {
    try fill()
    let report = try verify()
    #expect(report.findings == [])
    #expect(report.commits == 9)
    #expect(report.activities == 9)
    #expect(report.largeContents == 1)
    #expect(report.unsigned == 9)
    #expect(report.absentContents == 0)
  }

  @Test func findsOneFlippedByteAnywhereAndNamesIt() throws {
    // Nobody has it open: libgit2 would go on with what it has mapped, and has checked before.
    let scratch = try Scratch()
    try Self.fill(scratch.makeHistory())
    var generator = SplitMix64(state: 7)
    let roots = ["objects", "lfs/objects", "refs/heads", "sc/journal"]
    for root in roots {
      let folder = scratch.history.pushing(FilePath(root))
      let files = try #require(FileManager.default.enumerator(atPath: folder.string))
      for case let name as String in files {
        let path = folder.pushing(FilePath(name)).string
        let url = URL(filePath: path)
        guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
          continue
        }
        let whole = try Data(contentsOf: url)
        guard !whole.isEmpty else { continue }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        for _ in 0..<3 {
          var flipped = whole
          let place = Int.random(in: 0..<whole.count, using: &generator)
          flipped[place] ^= 0xFF
          try flipped.write(to: url)
          // Opened to be read: to write to it would mend it from the journal.
          let report = try HistoryRepository.open(at: scratch.history).history.verify(policy) {
            _, _ in
          }
          #expect(!report.findings.isEmpty, "\(root)/\(name), byte \(place)")
        }
        try whole.write(to: url)
      }
    }
    let whole = try HistoryRepository.open(at: scratch.history).history.verify(policy) { _, _ in }
    #expect(whole.findings == [])
  }

  @Test func findsAnActivityThatWasChangedOrRemoved() throws {
    try fill()
    let script = """
      set -e
      export GIT_DIR=\(scratch.history) GIT_INDEX_FILE=\(scratch.path)/index
      export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@x
      git read-tree main
      files=$(git ls-files activities)
      one=$(echo "$files" | sed -n 1p) two=$(echo "$files" | sed -n 2p) three=$(echo "$files" | sed -n 3p)
      git rm -q --cached $one
      git update-index --cacheinfo 100644,$(git rev-parse main:$three),$two
      git update-index --add --cacheinfo 100644,$(echo '{}' | git hash-object -w --stdin),content/aa/x.tar
      git update-ref refs/heads/main $(git commit-tree -p main -m bad $(git write-tree))
      """
    let before = try history.head()
    try run("/bin/bash", ["-c", script])
    let findings = try verify().findings
    #expect(findings.contains { $0.message == "the activity is gone" })
    #expect(findings.contains { $0.message == "the activity was changed" })
    #expect(findings.contains { $0.message.hasPrefix("it is no pointer") })
    #expect(findings.allSatisfy { !$0.place.isEmpty })
    var since = policy
    since.since = before
    #expect(try verify(since).commits == 1)
    since.since = try scratch.reopen().history.head()
    try git(scratch.history, "update-ref", "refs/heads/main", "\(try #require(before))")
    #expect(
      try verify(since).findings.contains {
        $0.message.hasPrefix("the history does not go on from")
      }
    )
  }

  @Test func findsAnActivityThatIsNotWhatItsNameSays() throws {
    var record = makeRecord(0)
    record.document = makeRecord(1).document
    try perform(record, in: history)
    var other = makeRecord(2)
    other.document = Array("no JSON".utf8)
    try perform(other, in: history)
    let messages = try verify().findings.map(\.message)
    #expect(messages.contains("it does not describe the activity that it is named after"))
    #expect(messages.contains("it is no JSON"))
  }

  @Test func findsAnActivityWhoseBytesAreElsewhereToo() throws {
    try fill()
    let script = """
      set -e
      export GIT_DIR=\(scratch.history) GIT_INDEX_FILE=\(scratch.path)/index
      export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@x
      git read-tree main
      b=$(git rev-parse main:$(git ls-files activities | head -1))
      git update-index --add --cacheinfo 100644,$b,aaa
      git update-index --add --cacheinfo 100644,$b,activities/2024/06/10/02/01900000-0000-7000-8000-000000000000.jsonld
      git update-ref refs/heads/main $(git commit-tree -p main -m bad $(git write-tree))
      """
    try run("/bin/bash", ["-c", script])
    let messages = try verify().findings.map(\.message)
    #expect(messages == ["it does not describe the activity that it is named after"])
  }

  @Test func tellsOfContentThatIsNotHere() throws {
    try fill()
    try FileManager.default.removeItem(
      atPath: scratch.history.pushing("lfs/objects").string)
    let report = try verify()
    #expect(report.absentContents == 1)
    #expect(report.findings == [])
  }

  /// What was consolidated must be in the branch, wherever one byte put that.
  @Test(arguments: ["packed-refs", "HEAD", "older", "refs/heads/main"])
  func findsABranchThatIsNotWhereItWas(_ place: String) throws {
    try fill()
    try history.checkpoint()
    switch place {
    case "older": try git(scratch.history, "update-ref", "refs/heads/main", "main~4")
    case "packed-refs", "HEAD":
      try git(scratch.history, "pack-refs", "--all")
      try run(
        "/bin/sed",
        ["-i", "s,heads/main,heads/mahn,", scratch.history.pushing(FilePath(place)).string])
    default:
      try FileManager.default.removeItem(atPath: scratch.history.pushing(FilePath(place)).string)
    }
    let history = try HistoryRepository.open(at: scratch.history).history
    let report = try history.verify(policy) { _, _ in }
    #expect(report.findings.map(\.place) == ["\(scratch.history)/refs/heads/main"])
  }
}
