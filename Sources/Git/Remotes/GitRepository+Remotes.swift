import CGit2

extension GitRepository {
  /// The remotes, by name.
  package func remotes() throws(GitError) -> [GitRemote] { GitRemote.all(in: try settings()) }

  /// The remote of that name; nil when there is none.
  package func remote(named name: String) throws(GitError) -> GitRemote? {
    try Self.isRemoteName(name) ? GitRemote(named: name, in: try settings()) : nil
  }

  /// Whether a text may be the name of a remote.
  package static func isRemoteName(_ name: String) throws(GitError) -> Bool {
    try LibGit2.start()
    return git_remote_is_valid_name(name) == 1
  }

  /// Adds a remote, whose branches go to `refs/remotes/<name>/`.
  ///
  /// - Throws: `exists`, `invalidName`.
  package func addRemote(_ name: String, at url: String) throws(GitError) {
    try use { (handle) throws(GitError) in
      let remote = try checked("git_remote_create") { git_remote_create($0, handle, name, url) }
      git_remote_free(remote)
    }
  }

  /// Gives a remote another name, and its references and settings with it.
  package func renameRemote(_ name: String, to new: String) throws(GitError) {
    try use { (handle) throws(GitError) in
      // Of refspecs that are not of the usual form, and stay as they are.
      var problems = git_strarray()
      try check("git_remote_rename") { git_remote_rename(&problems, handle, name, new) }
      git_strarray_dispose(&problems)
    }
  }

  /// Removes a remote, its references and its settings.
  package func removeRemote(_ name: String) throws(GitError) {
    try use { (handle) throws(GitError) in
      try check("git_remote_delete") { git_remote_delete(handle, name) }
    }
  }

  /// Says where a remote is now.
  ///
  /// - Parameter isForPushing: whether it is pushed to there, and fetched from elsewhere.
  package func setURL(
    ofRemote name: String, to url: String, isForPushing: Bool
  ) throws(GitError) {
    try use { (handle) throws(GitError) in
      try check("git_remote_set_url") {
        isForPushing
          ? git_remote_set_pushurl(handle, name, url) : git_remote_set_url(handle, name, url)
      }
    }
  }

  /// The names of the references that match a pattern such as `refs/remotes/origin/*`.
  package func references(matching glob: String) throws(GitError) -> [String] {
    try use { (handle) throws(GitError) in
      let iterator = try checked("git_reference_iterator_glob_new") {
        git_reference_iterator_glob_new($0, handle, glob)
      }
      defer { git_reference_iterator_free(iterator) }
      var names: [String] = []
      var name: UnsafePointer<CChar>?
      while try Self.advances(
        "git_reference_next_name",
        {
          git_reference_next_name(&name, iterator)
        }), let found = name
      {
        names.append(String(cString: found))
      }
      return names.sorted()
    }
  }
}
