import Canonical
import SystemPackage

/// Verifies a bag: whether each file is there, is what a manifest says, and nothing else is.
///
/// It needs one pass and no disk, for it keeps the digests until the manifests come. It blocks, and
/// its caller gives it a thread. Memory grows with the number of files and the size of the
/// manifests.
package struct BagVerification {
  /// Takes the content of one member as it passes, and an empty buffer at its end.
  package typealias Consumer = (UnsafeRawBufferPointer) throws -> Void

  /// The digests that are taken of every file.
  ///
  /// In a stream, the manifests that say which are needed come last. Fewer are faster: `sha256`
  /// is enough for what `BagWriter` writes.
  package var algorithms = BagAlgorithm.common

  /// Told of each member of a package; what it returns of a file gets the content. What either
  /// throws ends the verification.
  package var onMember: (PackageMember) throws -> Consumer? = { _ in nil }

  /// Told now and then how many bytes of the file, or of the folder's files, were read.
  package var onProgress: (Int64) -> Void = { _ in }

  /// The bytes that all manifests and other texts about the bag may have together: those of a
  /// million files with paths of 100 bytes.
  package var textLimit = 256 << 20

  package init() {}

  /// Verifies a package of which nothing was read.
  ///
  /// - Throws: `ArchiveError` when the package is no whole and harmless one; and what `onMember`
  ///   and its consumers throw.
  package func verify(_ reader: PackageReader) throws -> BagReport {
    var account = BagAccount(algorithms)
    var textSize = 0
    while let member = try reader.next() {
      let path = member.pathInFolder
      guard member.kind == .file else {
        _ = try onMember(member)
        account.addFolder(path)
        continue
      }
      let consumer = try onMember(member)
      var hasher = BagHasher(algorithms)
      var text: [UInt8]? = BagAccount.needsText(of: path) ? [] : nil
      while let chunk = try reader.chunk() {
        hasher.update(chunk)
        try consumer?(chunk)
        if text != nil {
          textSize += chunk.count
          guard textSize <= textLimit else { throw Self.tooMuchText(textLimit) }
          text?.append(contentsOf: chunk)
        }
        onProgress(reader.bytesRead)
      }
      try consumer?(UnsafeRawBufferPointer(start: nil, count: 0))
      account.add(path, size: member.size, hasher.finalize(), text: text)
    }
    onProgress(reader.fileSize)
    return account.report(folder: reader.folder ?? "")
  }

  static func tooMuchText(_ limit: Int) -> ArchiveError {
    ArchiveError(
      .limit, call: "verify", "the manifests of the bag have more than \(limit) bytes")
  }
}
