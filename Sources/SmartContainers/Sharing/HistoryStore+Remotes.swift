import Git
import History
import SystemPackage

extension HistoryStore {
  /// The remotes, by name.
  public func remotes() async throws -> [Remote] {
    try await explaining { history in try history.remotes().map(Remote.init) }
  }

  /// Adds a remote.
  ///
  /// - Parameters:
  ///   - url: where it is, in any of git's forms; a path is taken from the working folder.
  public func addRemote(
    _ name: String, at url: String, _ places: ClientPlaces
  ) async throws {
    let url = try Self.address(url, places)
    try await explaining { history in try history.addRemote(name, at: url) }
  }

  public func renameRemote(_ name: String, to new: String) async throws {
    try await explaining { history in try history.renameRemote(name, to: new) }
  }

  /// Removes a remote, and what is known of its branches.
  public func removeRemote(_ name: String) async throws {
    try await explaining { history in try history.removeRemote(name) }
  }

  /// Says where a remote is now.
  ///
  /// - Parameter isForPushing: whether it is pushed to there, and fetched from where it was.
  public func setURL(
    ofRemote name: String, to url: String, isForPushing: Bool, _ places: ClientPlaces
  ) async throws {
    let url = try Self.address(url, places)
    try await explaining { history in
      try history.setURL(ofRemote: name, to: url, isForPushing: isForPushing)
    }
  }

  private func explaining<Result: Sendable>(
    _ body: @Sendable (HistoryRepository) throws -> Result
  ) async throws -> Result {
    do {
      return try await queue.with(body)
    } catch {
      throw SmartContainersError(describing: error)
    }
  }

  /// An address as it is kept: of a folder the whole path, and that of the `.sc` in it where it is
  /// no repository itself.
  static func address(_ text: String, _ places: ClientPlaces) throws -> String {
    guard let parsed = GitAddress(text) else {
      throw SmartContainersError(
        .usage, "this is no address that can be reached: \(Remote.shown(text))",
        hint: "A path, file://, ssh://, git://, https:// or user@host:path.")
    }
    guard case .local(let path) = parsed, !text.contains("://") else { return text }
    let whole = places.workingFolder.pushing(FilePath(path)).lexicallyNormalized()
    let inner = whole.appending(HistoryLocation.name)
    let isHistory = HistoryLocation.isRepository(inner) && !HistoryLocation.isRepository(whole)
    return isHistory ? inner.string : whole.string
  }

  /// Who signs what is committed that is no operation: the person, and the account.
  var signers: (author: OperationRecord.Person, committer: OperationRecord.Person) {
    let machine = Machine()
    let account = OperationRecord.Person(
      name: machine.userName, email: "\(machine.userName)@\(machine.hostname)")
    let author = OperationRecord.Person(
      name: configuration[.agentName] ?? account.name,
      email: configuration[.agentEmail] ?? account.email)
    return (author, account)
  }
}

extension HistoryStore {
  /// Makes a history that is a remote's, and remembers where it came from.
  ///
  /// - Parameters:
  ///   - url: where the remote is.
  ///   - path: the folder of the new history, which must not be there yet.
  ///   - remote: what the remote is called here.
  ///   - branch: the remote's; nil for `main`, or the only one that is there.
  ///   - report: is told how it goes.
  /// - Returns: the history, and what it begins with; nil for a remote that has nothing.
  public static func clone(
    _ url: String, to path: FilePath, as remote: String = "origin", branch: String? = nil,
    _ places: ClientPlaces, report: @escaping @Sendable (SharingProgress) -> Void = { _ in }
  ) async throws -> (store: HistoryStore, commit: String?) {
    do {
      let url = try address(url, places)
      guard !HistoryLocation.isTaken(path) else {
        throw SmartContainersError(
          .failed, "the destination \(path) already exists",
          hint: "Clone into another folder, or add a remote to the history that is there.")
      }
      let folder = FolderInMaking(path)
      var isOthers = false
      do {
        isOthers = try HistoryRepository.create(at: path).existed
        guard !isOthers else {
          throw SmartContainersError(
            .failed, "somebody else has just made \(path)", hint: "Clone into another folder.")
        }
        let store = try await open(path, places)
        try await store.addRemote(remote, at: url, places)
        return (store, try await store.fill(from: url, remote, branch, places, report))
      } catch {
        if !isOthers { folder.remove() }
        throw error
      }
    } catch {
      throw SmartContainersError(describing: error)
    }
  }

  /// Gets what a clone begins with; nil for nothing.
  private func fill(
    from url: String, _ remote: String, _ branch: String?, _ places: ClientPlaces,
    _ report: @escaping @Sendable (SharingProgress) -> Void
  ) async throws -> String? {
    if case .local(let folder) = GitAddress(url), !url.contains("://") {
      try await queue.with { try $0.takeObjects(from: FilePath(folder)) }
    }
    let (_, _, result) = try await Sharing(self, places, report: report)
      .pull(remote, branch: branch)
    guard case .fastForward(_, let commit) = result else { return nil }
    return commit
  }
}
