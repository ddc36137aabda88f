import CGit2

extension GitRepository {
  /// The object that a reference stands at; nil when there is no such reference.
  package func target(ofReference name: String) throws(GitError) -> GitObjectID? {
    try use { (handle) throws(GitError) in
      var id = git_oid()
      do throws(GitError) {
        try check("git_reference_name_to_id") { git_reference_name_to_id(&id, handle, name) }
      } catch  where error.code == .notFound {
        return nil
      }
      return GitObjectID(id)
    }
  }

  /// Moves a reference from where it is known to be; nil when it must not be there yet.
  ///
  /// - Throws: `moved` or `exists` when it is elsewhere, `locked` when another process is
  ///   moving it.
  package func moveReference(
    _ name: String, from old: GitObjectID?, to new: GitObjectID, log: String
  ) throws(GitError) {
    try use { (handle) throws(GitError) in
      var newID = new.raw
      var oldID = old?.raw ?? git_oid()
      let reference = try checked("git_reference_create_matching") {
        git_reference_create_matching($0, handle, name, &newID, old == nil ? 0 : 1, &oldID, log)
      }
      git_reference_free(reference)
    }
  }

  /// Puts a reference at an object, wherever it is now.
  package func setReference(
    _ name: String, to new: GitObjectID, log: String
  ) throws(GitError) {
    try use { (handle) throws(GitError) in
      var id = new.raw
      let reference = try checked("git_reference_create") {
        git_reference_create($0, handle, name, &id, 1, log)
      }
      git_reference_free(reference)
    }
  }

  /// Whether a text may be the name of a branch (git-check-ref-format(1), `--branch`).
  package static func isBranchName(_ name: String) throws(GitError) -> Bool {
    try LibGit2.start()
    var isValid: Int32 = 0
    try check("git_branch_name_is_valid") { git_branch_name_is_valid(&isValid, name) }
    return isValid == 1
  }

  /// Removes a reference; one that is not there is no error.
  package func removeReference(_ name: String) throws(GitError) {
    try use { (handle) throws(GitError) in
      try check("git_reference_remove") { git_reference_remove(handle, name) }
    }
  }

  /// The commit that a revision names (gitrevisions(7)): a reference, an id, a unique prefix
  /// of one, `HEAD~2` …
  package func commit(atRevision text: String) throws(GitError) -> GitObjectID {
    try use { (handle) throws(GitError) in
      let object = try checked("git_revparse_single") { git_revparse_single($0, handle, text) }
      defer { git_object_free(object) }
      let commit = try checked("git_object_peel") {
        git_object_peel($0, object, GIT_OBJECT_COMMIT)
      }
      defer { git_object_free(commit) }
      guard let id = git_object_id(commit) else {
        throw GitError(code: .failed, call: "git_object_id", message: "no id")
      }
      return GitObjectID(id.pointee)
    }
  }
}
