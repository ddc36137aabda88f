import Canonical

/// Bytes that an operation read or wrote, named by their digest.
package struct Content: Sendable, Hashable {
  /// What the bytes were.
  package enum Kind: String, Sendable, CaseIterable {
    case archive, buildContext, dockerfile, file
    /// Files under one name: its digest is that of the list that `sha256sum` would print of them.
    case folder
    case standardError, standardInput, standardOutput

    /// The class of the ontology: `ce:BuildContext`.
    var term: String { "ce:" + rawValue.prefix(1).uppercased() + String(rawValue.dropFirst()) }
  }

  package var kind: Kind
  package var digest: SHA256Digest
  package var byteCount: Int64
  /// The path where the user had it.
  package var path: String?
  /// How many files, folders and links an archive has, or how many files a folder has.
  package var memberCount: Int64?
  /// `text/csv`; nil where nobody knows.
  package var mediaType: String?
  /// Whether a file may be executed.
  package var isExecutable = false
  /// The files of a folder.
  package var members: [SHA256Digest] = []
  /// The path in the git tree of the pointer to the bytes, where the history keeps them.
  package var pointerPath: String?

  package init(
    _ kind: Kind, digest: SHA256Digest, byteCount: Int64, path: String? = nil,
    memberCount: Int64? = nil, pointerPath: String? = nil
  ) {
    self.kind = kind
    self.digest = digest
    self.byteCount = byteCount
    self.path = path
    self.memberCount = memberCount
    self.pointerPath = pointerPath
  }

  package var iri: String { IRI.named(by: digest) }

  var node: Node {
    var node =
      kind == .folder
      ? Node(iri, "prov:Collection", "prov:Entity", kind.term)
      : Node(iri, "prov:Entity", kind.term)
    node.add(.label, path ?? kind.rawValue)
    node.add(.digest, digest)
    node.add(.byteCount, byteCount)
    node.add(.path, path)
    node.add(.memberCount, memberCount)
    node.add(.pointerPath, pointerPath)
    node.add(.contentType, mediaType)
    if isExecutable { node.add(.isExecutable, true) }
    node.add(.hadMember, all: members.map { IRI.named(by: $0) })
    return node
  }
}

/// A snapshot in the history: where it is, and the digest of its bytes.
///
/// Only the operation that changed it made it; one that leaves the bytes as they were did not.
package struct SnapshotFile: Sendable, Hashable {
  /// The path in the git tree.
  package var path: String
  package var digest: SHA256Digest
  /// The IRI of the container, image or volume that it describes.
  package var subject: String

  package init(path: String, digest: SHA256Digest, subject: String) {
    self.path = path
    self.digest = digest
    self.subject = subject
  }

  package var iri: String { IRI.named(by: digest) }

  var node: Node {
    var node = Node(iri, "prov:Entity", "sc:Snapshot")
    node.add(.label, path)
    node.add(.snapshotPath, path)
    node.add(.digest, digest)
    node.add(.subject, subject)
    return node
  }
}
