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
}
