import Git
import History

/// A remote that a history knows by a name.
public struct Remote: Sendable, Equatable {
  public let name: String

  /// Where it is fetched from. It may have a password in it: see `shownURL`.
  public let url: String

  /// Where it is pushed to.
  public let pushURL: String

  init(_ remote: HistoryRemote) {
    name = remote.name
    url = remote.url
    pushURL = remote.pushURL
  }

  /// An address as people may see it: without a password.
  public static func shown(_ url: String) -> String { GitAddress.shown(url) }
}

/// A branch of a remote that is not where it was.
public struct BranchChange: Sendable, Equatable {
  /// The remote's name here.
  public let remote: String

  /// The branch's name there.
  public let branch: String

  /// Its last known commit before; nil when it was not known.
  public let old: String?

  /// Its commit now; nil when it is gone.
  public let new: String?

  /// Whether it lost commits there.
  public let isForced: Bool

  init(_ branch: FetchedBranch, of remote: String) {
    self.remote = remote
    self.branch = branch.name
    old = branch.old?.description
    new = branch.new?.description
    isForced = branch.isForced
  }
}

/// What came of joining a remote's history into this one.
public enum JoinResult: Sendable, Equatable {
  /// All of it was here.
  case upToDate

  /// This history had nothing of its own, and is where the other one is.
  case fastForward(from: String?, to: String)

  /// Both are in this commit.
  case merged(String)

  init(_ result: MergeResult) {
    switch result {
    case .upToDate: self = .upToDate
    case .fastForward(let old, let new):
      self = .fastForward(from: old?.description, to: new.description)
    case .merged(let id): self = .merged(id.description)
    }
  }
}

/// What came of bringing a history to a remote.
public struct PushReport: Sendable, Equatable {
  /// The remote's name, and its branch.
  public let remote: String
  public let branch: String

  /// Where it is pushed to.
  public let url: String

  /// Where the remote's branch was; nil for nowhere.
  public var old: String?

  /// Where it is now; nil when it was there already.
  public var new: String?

  /// How often the remote moved meanwhile, so that its history was joined first.
  public var joined = 0

  /// What came of the large content that the commits point to.
  public var content = ContentReport()

  /// Whether it is what the history is pulled from from now on.
  public var setsUpstream = false
}

/// How far a conversation with a remote has come.
public enum SharingProgress: Sendable, Equatable {
  /// The words of a remote that is pushed to, its hooks' among them, as they came: with control
  /// characters and half lines.
  case remoteText(String)

  /// What a remote says of its own progress while it is fetched from.
  case remoteProgress(String)
  case receiving(objects: Int, of: Int, byteCount: Int64)

  /// Objects that were sent as a difference are put together.
  case resolving(deltas: Int, of: Int)
  case sending(byteCount: Int64)

  /// Large content goes to the remote, or comes from there.
  case uploading(objects: Int, of: Int, byteCount: Int64, ofBytes: Int64)
  case downloading(objects: Int, of: Int, byteCount: Int64, ofBytes: Int64)

  init(_ progress: GitProgress) {
    switch progress {
    case .remoteText(let text): self = .remoteText(text)
    case .remoteProgress(let text): self = .remoteProgress(text)
    case .receiving(let count, let total, let bytes):
      self = .receiving(objects: count, of: total, byteCount: bytes)
    case .resolving(let count, let total): self = .resolving(deltas: count, of: total)
    case .sending(let bytes): self = .sending(byteCount: bytes)
    }
  }
}
