import Canonical

/// Bytes that are kept in full beside the history, which has a pointer to them.
///
/// Source: the Git LFS specification, version 1. An object's name is the SHA-256 of its bytes, as
/// is that of a blob in an OCI image, so that the same bytes are kept once.
package struct LargeContent: Sendable, Hashable {
  package let digest: SHA256Digest
  package let byteCount: Int64

  package init(digest: SHA256Digest, byteCount: Int64) {
    self.digest = digest
    self.byteCount = byteCount
  }

  /// The path of the pointer in the repository's tree: `content/8a/<digest>.tar`.
  package var pointerPath: String {
    let name = digest.hexadecimal
    return "\(Self.folder)/\(name.prefix(2))/\(name).tar"
  }

  /// The pointer's text.
  package var pointer: [UInt8] {
    Array(
      """
      version https://git-lfs.github.com/spec/v1
      oid sha256:\(digest.hexadecimal)
      size \(byteCount)

      """.utf8)
  }

  /// What a commit that keeps it puts into the tree.
  package var files: [OperationRecord.Snapshot] {
    [
      .init(path: "\(Self.folder)/.gitattributes", content: Array(Self.attributes.utf8)),
      .init(path: pointerPath, content: pointer),
    ]
  }

  static let folder = "content"

  /// What makes git ask Git LFS for the bytes when it checks a pointer out (gitattributes(5)).
  private static let attributes = "*.tar filter=lfs diff=lfs merge=lfs -text\n"

  /// Where the object is, by the names of folders and file under `lfs/objects`.
  var objectPath: [String] {
    let name = digest.hexadecimal
    return [String(name.prefix(2)), String(name.dropFirst(2).prefix(2)), name]
  }
}
