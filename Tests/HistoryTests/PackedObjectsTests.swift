import Foundation
import Git
import Testing

@testable import History

/// What goes into packs and bundles, beside what git finds.
struct PackedObjectsTests {
  /// The objects that git finds from a commit and not from the others.
  private func found(
    from tip: GitObjectID, without others: [GitObjectID], in scratch: Scratch
  ) throws -> Set<String> {
    let words = ["--git-dir", scratch.history.string, "rev-list", "--objects", "\(tip)"]
    let output = try run("/usr/bin/git", words + others.map { "^\($0)" })
    return Set(output.split(separator: "\n").map { String($0.prefix(40)) })
  }

  /// A tree may be again what it was some commits before.
  @Test func areAllThatGitFinds() throws {
    let scratch = try Scratch()
    let git = try scratch.makeHistory().git
    for seed in 0..<UInt64(30) {
      var histories = RandomHistories(git, seed: seed, machines: 2)
      try histories.run(steps: 24)
      let tips = histories.heads.compactMap { $0 }
      for (index, tip) in tips.enumerated() {
        let others = index == 0 ? [] : [tips[0]]
        let objects = Set(try git.objects(from: tip, hiding: others).map(\.description))
        let wanted = try found(from: tip, without: others, in: scratch)
        #expect(wanted.isSubset(of: objects), "seed \(seed)")
        if others.isEmpty { #expect(objects == wanted, "seed \(seed)") }
      }
    }
  }

  /// A commit's pack has the index that git makes of it, for objects of any size.
  @Test func areFoundByTheIndexThatGitMakes() throws {
    let scratch = try Scratch()
    let git = try scratch.makeHistory().git
    let draft = try GitTreeDraft(git, updating: nil)
    for size in [0, 15, 16, 2047, 2048, 300_000, 5_000_000] {
      try draft.put((0..<size).map { UInt8(truncatingIfNeeded: $0 * $0 >> 8) }, at: "\(size)")
    }
    var pack = GitPackDraft()
    let tree = draft.write(into: &pack)
    let signature = GitSignature(name: "m", email: "m@m", seconds: 1)
    let commit = try git.writeCommit(
      tree: tree, parents: [], author: signature, committer: signature, message: "sizes\n",
      with: pack)
    let file = "\(scratch.history)/objects/pack/pack-\(commit)"
    let made = "\(scratch.history)/made.idx"
    try run("/usr/bin/git", ["index-pack", "--strict", "-o", made, file + ".pack"])
    let indexes = try [file + ".idx", made].map { try Data(contentsOf: URL(filePath: $0)) }
    #expect(indexes[0] == indexes[1])
    #expect(try git.byteCount(of: GitObject(.blob, []).id) == 0)
  }
}
