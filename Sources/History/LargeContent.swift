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

  /// What the bytes are, by which their pointer's name ends.
  package enum Form: String, Sendable, CaseIterable {
    /// An archive of an engine.
    case archive = "tar"

    /// A file that went into a run or came out of it.
    case file = "bin"
  }

  /// The path of the pointer in the repository's tree: `content/8a/<digest>.tar`.
  package func pointerPath(_ form: Form) -> String {
    let name = digest.hexadecimal
    return "\(Self.folder)/\(name.prefix(2))/\(name).\(form.rawValue)"
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
  package func files(_ form: Form) -> [OperationRecord.Snapshot] {
    [
      .init(path: "\(Self.folder)/.gitattributes", content: Array(Self.attributes.utf8)),
      .init(path: pointerPath(form), content: pointer),
    ]
  }

  static let folder = "content"

  /// What makes git ask Git LFS for the bytes when it checks a pointer out (gitattributes(5)).
  private static let attributes = Form.allCases
    .map { "*.\($0.rawValue) filter=lfs diff=lfs merge=lfs -text\n" }.joined()

  /// Where the object is, by the names of folders and file under `lfs/objects`.
  var objectPath: [String] {
    let name = digest.hexadecimal
    return [String(name.prefix(2)), String(name.dropFirst(2).prefix(2)), name]
  }
}
