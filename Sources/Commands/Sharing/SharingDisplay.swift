import SmartContainers
import Synchronization

/// What a conversation with a remote shows on standard error, as git does: the remote's own lines,
/// and how far it is once that has taken a second.
final class SharingDisplay: Sendable {
  private let terminal: Terminal
  private let amount: AmountDisplay
  private let isQuiet: Bool

  /// The beginning of a line of the remote.
  private let rest = Mutex("")

  /// How much of a line without an end is kept.
  private static let lineLimit = 10_000

  init(_ terminal: Terminal, isQuiet: Bool = false) {
    self.terminal = terminal
    self.isQuiet = isQuiet
    amount = AmountDisplay(terminal, isWanted: !isQuiet)
  }

  func show(_ progress: SharingProgress) {
    switch progress {
    case .remoteText(let text): showLines(text)
    case .remoteProgress(let text): if terminal.isErrorInteractive { showLines(text) }
    case .receiving(let count, let total, let bytes):
      let share = total > 0 ? Self.share(count, of: total) + ", " : ""
      amount.show("Receiving objects: \(share)\(HumanText.size(bytes))")
    case .resolving(let count, let total):
      amount.show(
        total > 0 ? "Resolving deltas: \(Self.share(count, of: total))" : "Resolving deltas")
    case .sending(let bytes): amount.show("Writing objects: \(HumanText.size(bytes))")
    case .uploading(let count, let total, let bytes, let size):
      amount.show("Uploading content: \(Self.share(count, of: total, bytes, of: size))")
    case .downloading(let count, let total, let bytes, let size):
      amount.show("Downloading content: \(Self.share(count, of: total, bytes, of: size))")
    }
  }

  /// Takes the progress away, and shows what the remote did not end.
  func finish() {
    amount.finish()
    let line = rest.withLock { rest in
      defer { rest = "" }
      return rest
    }
    if !line.isEmpty { note(line) }
  }

  /// Shows the remote's lines; those that it draws over are for a terminal alone.
  private func showLines(_ text: String) {
    let lines = rest.withLock { rest -> [String] in
      // A carriage return and a line feed are one character to Swift.
      var lines: [String] = []
      for scalar in text.unicodeScalars {
        if scalar == "\n" {
          lines.append(rest)
          rest = ""
        } else if scalar == "\r" {
          rest = ""
        } else if rest.utf8.count < Self.lineLimit {
          rest.unicodeScalars.append(scalar)
        }
      }
      return lines
    }
    guard !lines.isEmpty else { return }
    amount.finish()
    lines.forEach(note)
  }

  private func note(_ line: String) {
    guard !isQuiet else { return }
    terminal.note("remote: " + PlainText.sanitize(line))
  }

  /// The share of the bytes, because a few objects may be large.
  private static func share(
    _ count: Int, of total: Int, _ bytes: Int64, of size: Int64
  ) -> String {
    let percentage = size > 0 ? bytes * 100 / size : 100
    return "\(percentage)% (\(count)/\(total)), \(HumanText.size(bytes)) of "
      + HumanText.size(size)
  }

  private static func share(_ count: Int, of total: Int) -> String {
    "\(total > 0 ? count * 100 / total : 100)% (\(count)/\(total))"
  }
}

extension Invocation {
  /// Opens the history to share it; `body` may say how it goes.
  func withSharing<Result>(
    isQuiet: Bool, _ body: (Sharing) async throws -> Result
  ) async throws -> Result {
    let places = try places()
    let store = try await HistoryStore.open(places)
    let display = SharingDisplay(terminal, isQuiet: isQuiet)
    defer { display.finish() }
    return try await body(Sharing(store, places) { display.show($0) })
  }

  /// Does something with one remote; or with all of them, whichever fails.
  ///
  /// - Parameter name: the remote's; nil for the history's own.
  /// - Returns: what to end with, where one of all failed and that was said.
  func forEachRemote(
    _ name: String?, all: Bool, _ body: (String?) async throws -> Void
  ) async throws -> SmartContainersError? {
    guard all else {
      try await body(name)
      return nil
    }
    var failed: [SmartContainersError] = []
    let names = try await HistoryStore.open(try places()).remotes().map(\.name)
    for name in names {
      do {
        try await body(name)
      } catch {
        let error = SmartContainersError(describing: error)
        guard error.code != .interrupted else { throw error }
        terminal.note(PlainText.sanitize("sc: \(name): \(error)", keepsLines: true))
        failed.append(error)
      }
    }
    return failed.first.map {
      SmartContainersError($0.code, "\(failed.count) of \(names.count) remotes failed")
    }
  }

  /// Writes where something came from, and each branch that is not where it was, as git does.
  func note(_ changes: [BranchChange], from url: String) {
    guard !changes.isEmpty else { return }
    terminal.note("From " + PlainText.sanitize(Remote.shown(url)))
    for change in changes { terminal.note(PlainText.sanitize(change.line)) }
  }
}

extension BranchChange {
  /// ` * [new branch]      main       -> origin/main`
  fileprivate var line: String {
    let short = { (id: String?) in String((id ?? "").prefix(12)) }
    let (sign, summary): (String, String) =
      switch (old, new) {
      case (_, nil): ("-", "[deleted]")
      case (nil, _): ("*", "[new branch]")
      default:
        isForced
          ? ("+", "\(short(old))...\(short(new))") : (" ", "\(short(old))..\(short(new))")
      }
    let padded = { (text: String, width: Int) in
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let from = new == nil ? "(none)" : branch
    return " \(sign) \(padded(summary, 26)) \(padded(from, 10)) -> \(remote)/\(branch)"
      + (isForced ? "  (forced update)" : "")
  }

  /// For scripts.
  var json: JSONValue {
    [
      "remote": .string(remote), "branch": .string(branch), "old": old.map { .string($0) } ?? nil,
      "new": new.map { .string($0) } ?? nil, "forced": .bool(isForced),
    ]
  }
}
