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
    guard let commit = GitCommit(id, try bytes(of: id, .commit)) else {
      throw GitError(
        code: .failed, call: "commit", message: "the commit \(id) is malformed", category: .object)
    }
    return commit
  }

  /// Reads a commit for its signature.
  package func signedCommit(_ id: GitObjectID) throws(GitError) -> SignedCommit {
    SignedCommit(try commit(id), bytes: try bytes(of: id, .commit))
  }

  /// Stores a commit and what is new with it, in one pack, and moves no reference.
  ///
  /// - Parameters:
  ///   - pack: the objects that come with it.
  ///   - signer: signs it; nil for nobody.
  package func writeCommit(
    tree: GitObjectID, parents: [GitObjectID], author: GitSignature, committer: GitSignature,
    message: String, signer: GitSigner? = nil, with pack: consuming GitPackDraft
  ) throws(GitError) -> GitObjectID {
    var text = "tree \(tree)\n"
    for parent in parents { text += "parent \(parent)\n" }
    text += "author \(try OwnedSignature(author).text)\n"
    text += "committer \(try OwnedSignature(committer).text)\n\n"
    var bytes = Array((text + message).utf8)
    if let signer { bytes = SignedCommit.bytes(of: bytes, signedBy: try signer.sign(bytes)) }
    let id = pack.add(GitObject(.commit, bytes))
    try write(pack, named: id)
    return id
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

  /// The signature as a commit has it, its name and address stripped as libgit2 does.
  var text: String {
    let signature = handle.pointee
    let name = signature.name.map { String(cString: $0) } ?? ""
    let email = signature.email.map { String(cString: $0) } ?? ""
    let minutes = abs(signature.when.offset)
    let digits = String(10_000 + minutes / 60 * 100 + minutes % 60).dropFirst()
    let sign = signature.when.offset < 0 ? "-" : "+"
    return "\(name) <\(email)> \(signature.when.time) \(sign)\(digits)"
  }

  deinit { git_signature_free(handle) }
}
