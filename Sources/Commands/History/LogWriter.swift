import SmartContainers
import Synchronization

/// Writes commits of the log in pieces of some thousand characters.
final class LogWriter: Sendable {
  private let formatter: LogFormatter
  private let terminal: Terminal
  private let pending = Mutex<(text: String, count: Int)>(("", 0))

  init(_ formatter: LogFormatter, _ terminal: Terminal) {
    self.formatter = formatter
    self.terminal = terminal
  }

  /// How many were written.
  var count: Int { pending.withLock(\.count) }

  /// Writes one; in the long form a blank line stands between two.
  ///
  /// - Parameter signature: what became of checking it; nil where nobody asked.
  func write(
    _ record: LogRecord, signature: SignatureVerdict? = nil
  ) throws(OutputError) {
    let text = pending.withLock { pending -> String? in
      if formatter.layout == .medium, pending.count > 0 { pending.text += "\n" }
      pending.count += 1
      pending.text += formatter.text(of: record, signature: signature)
      guard pending.text.utf8.count > 1 << 14 else { return nil }
      defer { pending.text = "" }
      return pending.text
    }
    if let text { try terminal.write(text) }
  }

  /// Writes what is left.
  func flush() throws(OutputError) {
    try terminal.write(
      pending.withLock { pending in
        defer { pending.text = "" }
        return pending.text
      })
  }
}

/// Values that are gathered on another thread.
final class Collector<Value: Sendable>: Sendable {
  private let storage = Mutex<[Value]>([])

  func append(_ value: Value) { storage.withLock { $0.append(value) } }

  var values: [Value] { storage.withLock { $0 } }
}
