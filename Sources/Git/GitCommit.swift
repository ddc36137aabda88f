import CGit2

/// Who made a commit, and when.
package struct GitSignature: Sendable, Equatable {
  package var name: String
  package var email: String

  /// Seconds since 1970.
  package var seconds: Int64

  /// The offset of the signer's clock from UTC, in minutes.
  package var offsetInMinutes: Int32

  package init(name: String, email: String, seconds: Int64, offsetInMinutes: Int32 = 0) {
    self.name = name
    self.email = email
    self.seconds = seconds
    self.offsetInMinutes = offsetInMinutes
  }
}

/// A commit, read.
package struct GitCommit: Sendable, Equatable {
  package let id: GitObjectID
  package let tree: GitObjectID
  package let parents: [GitObjectID]
  package let author: GitSignature
  package let committer: GitSignature

  /// The whole message, as it stands.
  package let message: String
}

extension GitRepository {
  /// Reads a commit, without its trees.
  package func commit(_ id: GitObjectID) throws(GitError) -> GitCommit {
    try use { (handle) throws(GitError) in
      try LooseObject.check(id, below: path)
      var raw = id.raw
      let commit = try checked("git_commit_lookup") { git_commit_lookup($0, handle, &raw) }
      defer { git_commit_free(commit) }
      guard let tree = git_commit_tree_id(commit), let author = git_commit_author(commit),
        let committer = git_commit_committer(commit)
      else { throw GitError(code: .failed, call: "git_commit_lookup", message: "no commit: \(id)") }
      let parents = (0..<git_commit_parentcount(commit)).compactMap {
        git_commit_parent_id(commit, $0).map { GitObjectID($0.pointee) }
      }
      return GitCommit(
        id: id, tree: GitObjectID(tree.pointee), parents: parents,
        author: GitSignature(author.pointee), committer: GitSignature(committer.pointee),
        message: git_commit_message_raw(commit).map { String(cString: $0) } ?? "")
    }
  }

  /// Writes a commit and moves no reference.
  package func writeCommit(
    tree: GitObjectID, parents: [GitObjectID], author: GitSignature, committer: GitSignature,
    message: String
  ) throws(GitError) -> GitObjectID {
    let author = try OwnedSignature(author)
    let committer = try OwnedSignature(committer)
    let parentIDs = parents.map(\.raw)
    return try use { (handle) throws(GitError) in
      var id = git_oid()
      var treeID = tree.raw
      try check("git_commit_create_from_ids") {
        parentIDs.withUnsafeBufferPointer { buffer in
          var pointers = buffer.indices.map { index in buffer.baseAddress.map { $0 + index } }
          return git_commit_create_from_ids(
            &id, handle, nil, author.handle, committer.handle, nil, message, &treeID,
            pointers.count, &pointers)
        }
      }
      return GitObjectID(id)
    }
  }
}

extension GitSignature {
  fileprivate init(_ raw: git_signature) {
    self.init(
      name: raw.name.map { String(cString: $0) } ?? "",
      email: raw.email.map { String(cString: $0) } ?? "",
      seconds: raw.when.time, offsetInMinutes: raw.when.offset)
  }
}

/// A signature in libgit2's memory.
private struct OwnedSignature: ~Copyable {
  let handle: UnsafeMutablePointer<git_signature>

  init(_ signature: GitSignature) throws(GitError) {
    var handle: UnsafeMutablePointer<git_signature>?
    try check("git_signature_new") {
      git_signature_new(
        &handle, signature.name, signature.email, signature.seconds, signature.offsetInMinutes)
    }
    guard let handle else {
      throw GitError(code: .failed, call: "git_signature_new", message: "no handle")
    }
    self.handle = handle
  }

  deinit { git_signature_free(handle) }
}
