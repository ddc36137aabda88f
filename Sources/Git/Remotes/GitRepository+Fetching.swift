import CGit2
import Glibc

extension GitRepository {
  /// Gets the objects of a remote's references that are not here yet, as packs. No reference moves
  /// and nothing is synced.
  ///
  /// - Parameters:
  ///   - address: the remote's; what it leads to is the connector's matter.
  ///   - program: the user's git, which takes the pack; nil where there is none.
  ///   - patience: how long it may take for the smallest pack.
  ///   - isStrict: whether objects are refused that git would find fault with (git-fsck(1)), which takes
  ///     time.
  ///   - choose: picks from the references that the remote has.
  ///   - report: is told how it goes, and ends it by throwing.
  /// - Returns: the references that were picked, and the name of the pack that came, `pack-<digits>`,
  ///   beside which a file `.keep` stands until the caller removes it; nil where libgit2 took it, or
  ///   none came.
  /// - Throws: `GitError`; what the connector, `choose` or `report` threw.
  package func fetch(
    from address: String, over connector: any GitConnector, with program: GitProgram?,
    patience: Duration, isStrict: Bool, choose: ([GitRemoteHead]) throws -> [GitRemoteHead],
    report: @escaping (GitProgress) throws -> Void
  ) throws -> (heads: [GitRemoteHead], pack: String?) {
    guard let program else {
      return (try fetch(from: address, over: connector, choose, report), nil)
    }
    let receiver = try PackReceiver(
      program, of: path, patience: patience, isStrict: isStrict, report: report)
    defer { withExtendedLifetime(receiver) {} }
    // Open for this alone: what joins its databases stays there.
    let own = try GitRepository.open(at: path)
    try own.use { (handle) throws(GitError) in try receiver.join(handle) }
    do {
      let heads = try own.fetch(from: address, over: connector, choose, report)
      return (heads, receiver.packName)
    } catch {
      throw receiver.failure ?? error
    }
  }

  private func fetch(
    from address: String, over connector: any GitConnector,
    _ choose: ([GitRemoteHead]) throws -> [GitRemoteHead],
    _ report: @escaping (GitProgress) throws -> Void
  ) throws -> [GitRemoteHead] {
    try converse(with: address, over: connector, report) { remote, callbacks in
      try Self.connect(remote, GIT_DIRECTION_FETCH, callbacks)
      defer { git_remote_disconnect(remote) }
      let chosen = try choose(try Self.heads(of: remote))
      guard !chosen.isEmpty else { return [] }
      var options = git_fetch_options()
      try check("git_fetch_options_init") {
        git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION))
      }
      options.callbacks = callbacks
      options.update_fetchhead = 0
      options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
      try Self.withStrings(chosen.map(\.name)) { (names) throws(GitError) in
        var names = names
        try check("git_remote_download") { git_remote_download(remote, &names, &options) }
      }
      return chosen
    }
  }

  /// Asks a remote for its references.
  package func references(
    of address: String, over connector: any GitConnector
  ) throws -> [GitRemoteHead] {
    try converse(with: address, over: connector, { _ in }) { remote, callbacks in
      try Self.connect(remote, GIT_DIRECTION_FETCH, callbacks)
      defer { git_remote_disconnect(remote) }
      return try Self.heads(of: remote)
    }
  }

  /// Moves references of a remote to commits of this repository, and brings what these need.
  ///
  /// - Parameters:
  ///   - program: the user's git, which makes the pack; nil where there is none.
  ///   - meanwhile: what is done while the remote begins; what it will most likely lack, nil for
  ///     nothing.
  ///   - decide: what is asked, by where the remote's references are; nothing to ask nothing.
  ///   - landed: is told what the remote took, as soon as it says so.
  ///   - report: is told how it goes, and ends it by throwing.
  /// - Returns: what the remote said against each, by its name; none where it took all.
  /// - Throws: `GitError`, `GitRemoteError`; what the connector, `decide` or `report` threw.
  package func push(
    over connector: any GitConnector, with program: GitProgram?,
    meanwhile: () throws -> PackRequest?, decide: ([GitRemoteHead]) throws -> [GitPushCommand],
    landed: @escaping ([GitPushCommand]) -> Void,
    report: @escaping (GitProgress) throws -> Void
  ) throws -> [String: String] {
    let pack: any PackSource =
      program.map { GitPackObjects(program: $0, repository: self) } ?? LibraryPack(repository: self)
    return try GitPush(connector: connector, pack: pack, report: report, landed: landed)
      .run(meanwhile: meanwhile, decide)
  }

  private func converse<Value: Sendable>(
    with address: String, over connector: any GitConnector,
    _ report: @escaping (GitProgress) throws -> Void,
    _ body: (OpaquePointer, git_remote_callbacks) throws -> Value
  ) throws -> Value {
    try converse(with: address, in: GitConversation(over: connector, report), body)
  }

  private func converse<Value: Sendable>(
    with address: String, in conversation: GitConversation,
    _ body: (OpaquePointer, git_remote_callbacks) throws -> Value
  ) throws -> Value {
    try useLong { handle in
      try conversation.run { callbacks in
        let remote = try checked("git_remote_create_anonymous") {
          git_remote_create_anonymous($0, handle, address)
        }
        defer { git_remote_free(remote) }
        return try body(remote, callbacks)
      }
    }
  }

  private static func connect(
    _ remote: OpaquePointer, _ direction: git_direction, _ callbacks: git_remote_callbacks
  ) throws(GitError) {
    var options = git_remote_connect_options()
    try check("git_remote_connect_options_init") {
      git_remote_connect_options_init(&options, UInt32(GIT_REMOTE_CONNECT_OPTIONS_VERSION))
    }
    options.callbacks = callbacks
    try check("git_remote_connect_ext") { git_remote_connect_ext(remote, direction, &options) }
  }

  private static func heads(of remote: OpaquePointer) throws(GitError) -> [GitRemoteHead] {
    var list: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
    var count = 0
    try check("git_remote_ls") { git_remote_ls(&list, &count, remote) }
    return (0..<count).compactMap { index in
      guard let head = list?[index]?.pointee, let name = head.name else { return nil }
      return GitRemoteHead(name: String(cString: name), id: GitObjectID(head.oid))
    }
  }

  /// Runs `body` with texts as libgit2 wants many of them.
  static func withStrings<Value>(
    _ texts: [String], _ body: (git_strarray) throws(GitError) -> Value
  ) throws(GitError) -> Value {
    let pointers = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
      capacity: max(1, texts.count))
    for (index, text) in texts.enumerated() { pointers[index] = strdup(text) }
    defer {
      for index in texts.indices { free(pointers[index]) }
      pointers.deallocate()
    }
    return try body(git_strarray(strings: pointers, count: texts.count))
  }
}
