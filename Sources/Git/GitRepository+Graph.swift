import CGit2

extension GitRepository {
  /// The commits that are reachable from one commit and not from the others, children before
  /// parents.
  package func commits(
    from tips: [GitObjectID], hiding bases: [GitObjectID]
  ) throws(GitError) -> [GitObjectID] {
    try use { (handle) throws(GitError) in
      let walk = try checked("git_revwalk_new") { git_revwalk_new($0, handle) }
      defer { git_revwalk_free(walk) }
      try check("git_revwalk_sorting") {
        git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue)
      }
      for tip in tips {
        var id = tip.raw
        try check("git_revwalk_push") { git_revwalk_push(walk, &id) }
      }
      for base in bases {
        var id = base.raw
        try check("git_revwalk_hide") { git_revwalk_hide(walk, &id) }
      }
      var commits: [GitObjectID] = []
      var id = git_oid()
      var isOver = false
      while !isOver {
        try check("git_revwalk_next") {
          let code = git_revwalk_next(&id, walk)
          isOver = code == GIT_ITEROVER.rawValue
          return isOver ? 0 : code
        }
        if !isOver { commits.append(GitObjectID(id)) }
      }
      return commits
    }
  }

  /// The best common ancestors of two commits; none for histories that have nothing in common.
  package func mergeBases(
    of one: GitObjectID, and two: GitObjectID
  ) throws(GitError) -> [GitObjectID] {
    try use { (handle) throws(GitError) in
      var (first, second) = (one.raw, two.raw)
      var found = git_oidarray()
      do throws(GitError) {
        try check("git_merge_bases") { git_merge_bases(&found, handle, &first, &second) }
      } catch  where error.code == .notFound {
        return []
      }
      defer { git_oidarray_dispose(&found) }
      return (0..<found.count).map { GitObjectID(found.ids[$0]) }
    }
  }

  /// How many commits each of two has that the other has not.
  package func aheadAndBehind(
    _ local: GitObjectID, _ upstream: GitObjectID
  ) throws(GitError) -> (ahead: Int, behind: Int) {
    try use { (handle) throws(GitError) in
      var (one, other) = (local.raw, upstream.raw)
      var (ahead, behind) = (0, 0)
      try check("git_graph_ahead_behind") {
        git_graph_ahead_behind(&ahead, &behind, handle, &one, &other)
      }
      return (ahead, behind)
    }
  }

  /// Whether a commit is another one's ancestor.
  package func isAncestor(
    _ ancestor: GitObjectID, of commit: GitObjectID
  ) throws(GitError) -> Bool {
    try use { (handle) throws(GitError) in
      var (ancestorID, commitID) = (ancestor.raw, commit.raw)
      var answer: Int32 = 0
      try check("git_graph_descendant_of") {
        answer = git_graph_descendant_of(handle, &commitID, &ancestorID)
        return answer
      }
      return answer == 1
    }
  }
}
