import Archive
import Canonical
import Glibc
import History
import SystemPackage

/// An input of a recorded run, compared with what is there now.
public struct RerunInput: Sendable, Hashable {
  /// What became of it.
  public enum State: Sendable, Hashable {
    case same
    case changed(now: SHA256Digest)

    /// It is in a folder that was an input, and was not there then.
    case added(now: SHA256Digest)
    case missing
  }

  /// What it was, with the path that it should have now.
  public let file: RerunPlan.File
  public let state: State

  /// Whether the history keeps the bytes of then, and has them here.
  public let isKept: Bool

  /// Whether the bytes of then are taken from the history.
  public internal(set) var isTakenFromHistory = false

  /// Whether it was not there then, and is left out.
  public internal(set) var isLeftOut = false

  /// The activity whose rerun made what is there now.
  public internal(set) var madeAgainBy: ActivityID?

  /// Whether the run gets the bytes of then.
  public var isAsThen: Bool { state == .same || isTakenFromHistory || isLeftOut }
}

/// Compares the inputs of a recorded run with what is there now.
///
/// It blocks: it is for threads of their own.
struct InputComparison: Sendable {
  let plan: RerunPlan
  let options: RerunOptions
  let content: ContentStore
  let digester: FileDigester

  func inputs(_ isCancelled: @escaping @Sendable () -> Bool) throws -> [RerunInput] {
    var recorded: [RerunPlan.File] = []
    var added: [String] = []
    for var file in plan.inputs where !file.isFolder {
      file.path = options.path(now: file.path)
      recorded.append(file)
    }
    let known = Set(recorded.map { ExactPath($0.path) })
    for root in plan.roots where root.isFolder {
      let path = options.path(now: root.path)
      guard Self.kind(of: path) == S_IFDIR else { continue }
      let selection = try FileSelection([PathPattern(path: path)])
      added += selection.roots.flatMap(\.files).filter { !known.contains(ExactPath($0)) }
    }
    let there = recorded.map(\.path).filter { Self.kind(of: $0) == S_IFREG } + added
    let now = Dictionary(
      zip(there.map { ExactPath($0) }, try digester.digests(of: there, isCancelled: isCancelled)),
      uniquingKeysWith: { $1 })
    return recorded.map { input($0, now[ExactPath($0.path)]?.digest) }
      + added.compactMap { path in
        now[ExactPath(path)].map { finding in
          var input = RerunInput(
            file: RerunPlan.File(
              path: path, containerPath: path, digest: finding.digest,
              byteCount: finding.byteCount, isFolder: false, isExecutable: finding.isExecutable),
            state: .added(now: finding.digest), isKept: false)
          input.isLeftOut = options.takesOriginalInputs
          return input
        }
      }
  }

  private func input(_ file: RerunPlan.File, _ now: SHA256Digest?) -> RerunInput {
    let isKept = file.byteCount.map { byteCount in
      content.has(LargeContent(digest: file.digest, byteCount: byteCount))
    }
    guard let now else {
      var input = RerunInput(file: file, state: .missing, isKept: isKept ?? false)
      input.isTakenFromHistory = input.isKept
      return input
    }
    let isSame = now == file.digest
    var input = RerunInput(
      file: file, state: isSame ? .same : .changed(now: now), isKept: isKept ?? false)
    input.isTakenFromHistory = !isSame && input.isKept && options.takesOriginalInputs
    if let made = options.made[ExactPath(file.path)], made.digest == now {
      input.madeAgainBy = made.activity
    }
    return input
  }

  static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Whether nothing is there; of what this user may not look at, nobody can tell.
  static func isGone(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR)
  }
}
