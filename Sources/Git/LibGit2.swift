import CGit2

/// The library as a whole.
enum LibGit2 {
  /// What `git_libgit2_init` returned, called once, on first use, by whichever thread is first.
  private static let initialization: Int32 = git_libgit2_init()

  /// Makes the library ready.
  static func start() throws(GitError) {
    guard initialization >= 0 else {
      throw GitError(
        code: GitError.Code(rawValue: initialization), call: "git_libgit2_init",
        message: "the library does not start")
    }
  }
}
