import Git
import SystemPackage

/// A remote that a history knows by a name.
package struct HistoryRemote: Sendable, Equatable {
  package let name: String

  /// Where it is fetched from.
  package let url: String

  /// Where it is pushed to.
  package let pushURL: String

  init(_ remote: GitRemote) {
    name = remote.name
    url = remote.url
    pushURL = remote.pushURL ?? remote.url
  }
}

/// What the branch is compared with, pulled from and pushed to (gitglossary(7), "upstream branch").
package struct Upstream: Sendable, Equatable {
  package let remote: String

  /// The branch there, without `refs/heads/`.
  package let branch: String

  /// Where its last known commit is kept.
  package var trackingReference: String { "refs/remotes/\(remote)/\(branch)" }

  package init(remote: String, branch: String) {
    self.remote = remote
    self.branch = branch
  }

  /// A branch as people name it: also by its whole reference, and `HEAD` for the one that is here.
  ///
  /// - Throws: `invalid` for what no branch may be called.
  package init(remote: String, naming word: String) throws(HistoryError) {
    let prefix = HistoryRepository.branches
    var branch = word.hasPrefix(prefix) ? String(word.dropFirst(prefix.count)) : word
    if ["HEAD", "@"].contains(branch) { branch = RepositoryLayout.branch }
    var isName = false
    do throws(GitError) {
      isName = try GitRepository.isBranchName(branch) && !branch.hasPrefix("+")
    } catch {}
    guard isName else {
      throw HistoryError(
        code: .invalid, message: "'\(CommitMessage.line(word))' is not a valid branch name")
    }
    self.init(remote: remote, branch: branch)
  }
}

extension HistoryRepository {
  private static let upstreamRemote = "branch.\(RepositoryLayout.branch).remote"
  private static let upstreamBranch = "branch.\(RepositoryLayout.branch).merge"

  /// The remotes, by name.
  package func remotes() throws(HistoryError) -> [HistoryRemote] {
    try reading("the remotes") { () throws(GitError) in try git.remotes() }.map(HistoryRemote.init)
  }

  /// The remote of that name; nil when there is none.
  package func remote(named name: String) throws(HistoryError) -> HistoryRemote? {
    try reading("the remotes") { () throws(GitError) in try git.remote(named: name) }
      .map(HistoryRemote.init)
  }

  package func addRemote(_ name: String, at url: String) throws(HistoryError) {
    try requireRemoteName(name)
    guard try remote(named: name) == nil else {
      throw HistoryError(code: .invalid, message: "remote \(name) already exists")
    }
    try writing("the remote") { () throws(GitError) in try git.addRemote(name, at: url) }
  }

  package func renameRemote(_ name: String, to new: String) throws(HistoryError) {
    try requireRemote(name)
    try requireRemoteName(new)
    guard try remote(named: new) == nil else {
      throw HistoryError(code: .invalid, message: "remote \(new) already exists")
    }
    try writing("the remote") { () throws(GitError) in try git.renameRemote(name, to: new) }
  }

  package func removeRemote(_ name: String) throws(HistoryError) {
    try requireRemote(name)
    try writing("the remote") { () throws(GitError) in try git.removeRemote(name) }
  }

  package func setURL(
    ofRemote name: String, to url: String, isForPushing: Bool
  ) throws(HistoryError) {
    try requireRemote(name)
    try writing("the remote") { () throws(GitError) in
      try git.setURL(ofRemote: name, to: url, isForPushing: isForPushing)
    }
  }

  /// What the branch is pulled from and pushed to; nil when nobody said.
  package func upstream() throws(HistoryError) -> Upstream? {
    let settings = try gitSettings()
    let value = { (name: String) in settings.last { $0.name == name }?.value }
    guard let remote = value(Self.upstreamRemote), let branch = value(Self.upstreamBranch),
      branch.hasPrefix(Self.branches), GitRemote(named: remote, in: settings) != nil
    else { return nil }
    return Upstream(remote: remote, branch: String(branch.dropFirst(Self.branches.count)))
  }

  package func setUpstream(_ upstream: Upstream) throws(HistoryError) {
    try writing("the configuration") { () throws(GitError) in
      try git.configure(Self.upstreamRemote, upstream.remote)
      try git.configure(Self.upstreamBranch, Self.branches + upstream.branch)
    }
  }

  /// The last known commit of an upstream; nil when it was never seen.
  package func commit(of upstream: Upstream) throws(HistoryError) -> CommitID? {
    try tracked(upstream.trackingReference).map(CommitID.init)
  }

  /// How many commits each of the branch and another commit has that the other has not.
  package func aheadAndBehind(
    _ other: CommitID
  ) throws(HistoryError) -> (ahead: Int, behind: Int) {
    guard let tip = try tip() else {
      return try reading(other.object) { (id) throws(GitError) in
        (0, try git.commits(from: [id], hiding: []).count)
      }
    }
    return try reading(other.object) { (id) throws(GitError) in try git.aheadAndBehind(tip, id) }
  }

  /// Git's configuration in force.
  package func gitSettings() throws(HistoryError) -> [GitSetting] {
    try reading("the configuration") { () throws(GitError) in try git.settings() }
  }

  static let branches = "refs/heads/"

  private func requireRemote(_ name: String) throws(HistoryError) {
    guard try remote(named: name) != nil else {
      throw HistoryError(
        code: .noSuchRemote, message: "no such remote: \(CommitMessage.line(name))")
    }
  }

  private func requireRemoteName(_ name: String) throws(HistoryError) {
    let isName = try reading("a name") { () throws(GitError) in
      try GitRepository.isRemoteName(name)
    }
    guard isName else {
      throw HistoryError(
        code: .invalid, message: "'\(CommitMessage.line(name))' is not a valid remote name")
    }
  }
}
