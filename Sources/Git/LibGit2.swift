import CGit2

/// The library as a whole.
package enum LibGit2 {
  /// Whether it is part of the executable, so that loading it costs nothing.
  package static var isLinked: Bool { CGIT2_IS_LINKED != 0 }

  /// Loads the library now rather than at its first use; a failure shows there.
  package static func load() { _ = missing }

  /// What is missing of the library; nil when it is loaded.
  private static let missing: String? = cgit2_load().map { String(cString: $0) }

  /// `1.5.1`; nil when it is not there.
  package static var version: String? {
    guard missing == nil else { return nil }
    var (major, minor, revision): (Int32, Int32, Int32) = (0, 0, 0)
    git_libgit2_version(&major, &minor, &revision)
    return "\(major).\(minor).\(revision)"
  }

  /// What `git_libgit2_init` returned, called once, on first use, by whichever thread is first.
  private static let initialization: Int32 = {
    let result = git_libgit2_init()
    guard result >= 0 else { return result }
    cgit2_bound_memory()
    return cgit2_trust_written_ids()
  }()

  /// Makes the library ready.
  static func start() throws(GitError) {
    if let missing {
      throw GitError(
        code: .failed, call: "dlopen",
        message: "\(missing) is missing; install the Debian package libgit2-1.5")
    }
    guard initialization >= 0 else {
      throw GitError(
        code: GitError.Code(rawValue: initialization), call: "git_libgit2_init",
        message: "the library does not start")
    }
  }
}
