import Canonical

/// In what two archives differ.
public struct ArchiveComparison: Sendable {
  /// A file that only one has, or of which both have other bytes.
  public struct Change: Sendable, Equatable {
    public enum Kind: String, Sendable {
      case added, removed, changed
    }

    public let kind: Kind

    /// From the archive's folder.
    public let path: String
  }

  public let changes: [Change]

  /// The last commits of their histories.
  public let oldCommit: String
  public let newCommit: String

  /// The images that only one has, by the digests of their configurations.
  public let removedImages: [String]
  public let addedImages: [String]

  /// Whether they have the same.
  public var isSame: Bool {
    changes.isEmpty && oldCommit == newCommit && removedImages.isEmpty && addedImages.isEmpty
  }

  /// Compares two archives by what was found in them.
  public init(_ old: ArchiveReport, _ new: ArchiveReport) {
    let (before, after) = (Self.digests(old), Self.digests(new))
    changes = Set(before.keys).union(after.keys).sorted().compactMap { path in
      switch (before[path], after[path]) {
      case (nil, _): Change(kind: .added, path: path)
      case (_, nil): Change(kind: .removed, path: path)
      case (let one?, let other?): one == other ? nil : Change(kind: .changed, path: path)
      }
    }
    (oldCommit, newCommit) = (old.commit, new.commit)
    let (oldImages, newImages) = (Set(old.images.map(\.identity)), Set(new.images.map(\.identity)))
    removedImages = oldImages.subtracting(newImages).sorted()
    addedImages = newImages.subtracting(oldImages).sorted()
  }

  private static func digests(_ report: ArchiveReport) -> [String: SHA256Digest?] {
    Dictionary(report.files.map { ($0.path, $0.digest) }, uniquingKeysWith: { first, _ in first })
  }

  /// The differences in words, a line each.
  public var lines: [String] {
    var lines: [String] = []
    if oldCommit != newCommit {
      lines.append("history: \(oldCommit.prefix(12)) -> \(newCommit.prefix(12))")
    }
    lines += removedImages.map { "- image \($0)" } + addedImages.map { "+ image \($0)" }
    let signs: [Change.Kind: String] = [.added: "+", .removed: "-", .changed: "~"]
    lines += changes.map { "\(signs[$0.kind] ?? "") \($0.path)" }
    return lines.isEmpty ? ["the archives have the same"] : lines
  }

  /// The differences for scripts.
  public var json: JSONValue {
    [
      "same": .bool(isSame), "oldCommit": .string(oldCommit), "newCommit": .string(newCommit),
      "removedImages": .array(removedImages.map { .string($0) }),
      "addedImages": .array(addedImages.map { .string($0) }),
      "changes": .array(
        changes.map { ["kind": .string($0.kind.rawValue), "path": .string($0.path)] }),
    ]
  }
}
