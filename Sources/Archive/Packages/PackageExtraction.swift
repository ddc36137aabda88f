import Canonical
import SystemPackage

/// Places what is in a package under a new folder: all of it, or nothing.
///
/// Files go into a folder beside the target, whose name begins with a dot, and that gets the
/// target's name at the end. Nothing there is anybody else's, so no link can lead elsewhere.
/// Modes are 0644 and 0755, times and owners those of now and of the user.
package final class PackageExtraction {
  private let target: FilePath
  private let subtree: String
  private let replaces: Bool
  private let site: ExtractionSite
  private var count = 0

  /// - Parameters:
  ///   - target: the folder that will be there. An empty one may be there already.
  ///   - subtree: the folder of the package whose content becomes the target's; empty for the
  ///     package's own.
  ///   - replaces: whether a folder that is there gives way, with all that is in it.
  /// - Throws: `ArchiveError` of the codes `exists`, `notFound`, `unwritable` and `full`.
  package init(
    to target: FilePath, subtree: String = "", replaces: Bool = false
  ) throws(ArchiveError) {
    self.target = target
    self.subtree = subtree
    self.replaces = replaces
    if !replaces { try ExtractionSite.requireFree(target) }
    site = try ExtractionSite(beside: target)
  }

  /// Makes a member, if it is in the subtree; what is returned takes its content.
  ///
  /// To be given to `BagVerification.onMember`, where the verdict is awaited before `place()`.
  package func begin(_ member: PackageMember) throws(ArchiveError) -> BagVerification.Consumer? {
    guard let path = place(of: member) else { return nil }
    count += 1
    guard member.kind == .file else {
      try site.makeFolder(path)
      return nil
    }
    guard !path.isEmpty else {
      throw ArchiveError(
        .notFound, call: "extract", "'\(MemberName.shown(subtree))' in the package is no folder")
    }
    let file = try site.makeFile(path)
    var size: Int64 = 0
    return { chunk in
      size += Int64(chunk.count)
      if chunk.isEmpty {
        guard size == member.size else { throw ArchiveError.cutShort }
        try file.finish(isExecutable: member.isExecutable)
      } else {
        try file.write(chunk)
      }
    }
  }

  /// Gives the folder its name.
  ///
  /// - Throws: `ArchiveError`; of code `notFound` when the package has no such subtree.
  package func place() throws(ArchiveError) {
    guard count > 0 else {
      throw ArchiveError(
        .notFound, call: "extract", "the package has no folder '\(MemberName.shown(subtree))'")
    }
    try site.place(as: target, replaces: replaces)
  }

  /// Where a member goes in the target; nil for nowhere.
  private func place(of member: PackageMember) -> String? {
    let path = member.pathInFolder
    if subtree.isEmpty { return path }
    if path.utf8.elementsEqual(subtree.utf8) { return "" }
    let prefix = subtree + "/"
    guard path.utf8.starts(with: prefix.utf8) else { return nil }
    return String(decoding: path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }

  /// Extracts a package that was verified, and checks that it is still what it was.
  ///
  /// - Parameters:
  ///   - reader: of which nothing was read.
  ///   - report: of the verification, which took SHA-256 digests.
  /// - Throws: `ArchiveError`; of code `changed` when a file is another one now.
  package static func extract(
    _ reader: PackageReader, verified report: BagReport, to target: FilePath,
    subtree: String = "", replaces: Bool = false
  ) throws {
    let extraction = try PackageExtraction(to: target, subtree: subtree, replaces: replaces)
    while let member = try reader.next() {
      guard let consumer = try extraction.begin(member) else { continue }
      var hasher = SHA256Hasher()
      while let chunk = try reader.chunk() {
        hasher.update(chunk)
        try consumer(chunk)
      }
      try consumer(UnsafeRawBufferPointer(start: nil, count: 0))
      guard let known = report.files[member.pathInFolder]?.sha256, known == hasher.finalize() else {
        throw ArchiveError(
          .changed, call: "extract",
          "'\(MemberName.shown(member.path))' is not what was verified; verify the package again")
      }
    }
    try extraction.place()
  }
}
