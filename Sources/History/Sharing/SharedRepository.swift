import Git
import Glibc
import SystemPackage

/// A bare repository that many push to, and that takes nothing that would harm the history in it.
///
/// It defends itself by git's own settings and the hook `pre-receive`, which needs no more than git
/// and a shell: the file `hooks/pre-receive` of this project, which is part of the program.
package struct SharedRepository {
  /// What it asks of those who push.
  package struct Policy: Sendable {
    /// Whether every commit must have a good signature.
    package var requiresSignatures = false

    /// The text of the file of those whose signatures count; nil leaves what is there.
    package var allowedSigners: [UInt8]?

    /// Whether all users of its group may push.
    package var isForGroup = false

    /// Whether a hook that somebody else wrote is replaced.
    package var replacesHook = false

    package init() {}
  }

  private static let hookName = "pre-receive"
  private static let signersFile = "allowed_signers"
  private static let description = "Shared provenance of container operations (SmartContainers)\n"

  /// The hook, as the project has it.
  package static var hook: [UInt8] { PackageResources.pre_receive }

  /// Makes one, or completes one that is there.
  ///
  /// - Returns: whether it was there before, and whether it knows whose SSH signatures count.
  package static func create(
    at path: FilePath, _ policy: Policy
  ) throws(HistoryError) -> (existed: Bool, namesSigners: Bool) {
    let existed = HistoryLocation.isRepository(path)
    guard existed || !HistoryLocation.isTaken(path) else {
      throw HistoryError(
        code: .invalid, message: "something that is no repository is in the way", path: path)
    }
    if existed { return (true, try complete(path, existed: true, policy)) }
    let folder = FolderInMaking(path)
    do throws(HistoryError) {
      try Folder(path).createWithParents()
      return (false, try complete(path, existed: false, policy))
    } catch {
      folder.remove()
      throw error
    }
  }

  /// - Returns: whether it knows whose SSH signatures count.
  private static func complete(
    _ path: FilePath, existed: Bool, _ policy: Policy
  ) throws(HistoryError) -> Bool {
    let git: GitRepository
    do throws(GitError) {
      git =
        try existed
        ? GitRepository.open(at: path)
        : GitRepository.create(
          at: path, branch: RepositoryLayout.branch, description: description)
      guard try git.isBare else {
        throw GitError(
          code: .invalidName, call: "open", message: "it has a work tree, and should be bare")
      }
      try configure(git, policy)
    } catch {
      throw Folder(path).reasonForRefusal() ?? HistoryError(error, "make a shared history", path)
    }
    try install(into: Folder(path), policy)
    if policy.isForGroup { Folder(path).shareWithGroup() }
    do throws(GitError) {
      return try git.settings().contains {
        ["sc.allowedsigners", "gpg.ssh.allowedsignersfile"].contains($0.name)
      }
    } catch {
      throw HistoryError(error, "make a shared history", path)
    }
  }

  private static func configure(_ git: GitRepository, _ policy: Policy) throws(GitError) {
    for name in ["receive.denyDeletes", "receive.denyNonFastForwards", "receive.fsckObjects"] {
      try git.configure(name, "true")
    }
    if policy.isForGroup { try git.configure("core.sharedRepository", "group") }
    if policy.requiresSignatures { try git.configure("sc.requireSigned", "true") }
    if policy.allowedSigners != nil { try git.configure("sc.allowedSigners", signersFile) }
  }

  private static func install(
    into folder: Folder, _ policy: Policy
  ) throws(HistoryError) {
    let hooks = Folder(folder.file("hooks"))
    try hooks.create()
    if let present = try hooks.read(hookName), present != hook, !policy.replacesHook {
      throw HistoryError(
        code: .invalid, message: "another hook is there; --force replaces it",
        path: hooks.file(hookName))
    }
    try hooks.replace(hookName, with: hook, mode: 0o755)
    // What the process's mask took away is what nobody could run it without.
    chmod(hooks.file(hookName).string, 0o755)
    if let signers = policy.allowedSigners { try folder.replace(signersFile, with: signers) }
  }
}
