import SmartContainers

/// Writes one commit of the log in the way that the user chose.
struct LogFormatter: Sendable {
  enum Layout: Sendable, Equatable {
    case oneline
    case medium
    case json
    case pattern(String)

    /// One of the names, or a pattern; `format:` and `tformat:` before it are git's habit.
    init(named text: String) throws(UsageError) {
      switch text {
      case "oneline": self = .oneline
      case "medium", "full", "short": self = .medium
      case "json", "jsonl": self = .json
      default:
        let prefixes = ["format:", "tformat:"]
        let pattern = prefixes.first { text.hasPrefix($0) }.map { String(text.dropFirst($0.count)) }
        guard pattern != nil || text.contains("%") else {
          throw UsageError("--format \(text): expected oneline, medium, json or a pattern with %")
        }
        self = .pattern(pattern ?? text)
      }
    }
  }

  let layout: Layout
  private let style: Style
  private let now: Timestamp

  init(_ layout: Layout, style: Style, now: Timestamp) {
    self.layout = layout
    self.style = style
    self.now = now
  }

  /// The text of one commit, with its last line feed.
  ///
  /// - Parameter signature: what became of checking it; nil where nobody asked.
  func text(of record: LogRecord, signature: SignatureVerdict? = nil) -> String {
    let line = signature.map { style(signature: $0) + "\n" } ?? ""
    return switch layout {
    case .oneline:
      line + "\(style.id(String(record.commit.prefix(10)))) \(subject(of: record))\(mark(record))\n"
    case .medium: medium(record, signature)
    case .json: PlainText.json(json(of: record, signature)) + "\n"
    case .pattern(let pattern): line + expand(pattern, record) + "\n"
    }
  }

  private func json(of record: LogRecord, _ signature: SignatureVerdict?) -> JSONValue {
    guard let signature, case .object(var members) = record.json else { return record.json }
    members["signature"] = [
      "status": .string(signature.status), "signer": signature.signer.map { .string($0) } ?? nil,
      "key": signature.key.map { .string($0) } ?? nil,
      "reason": signature.reason.map { .string($0) } ?? nil,
    ]
    return .object(members)
  }

  /// What became of a signature, in git's words where it has some.
  private func style(signature: SignatureVerdict) -> String {
    let key = signature.key.map { " with key \($0)" } ?? ""
    let text =
      switch signature.status {
      case "good": "Good signature by \(signature.signer ?? "?")\(key)"
      case "unknown": "Good signature\(key), and nobody is known who signs with it"
      case "none": "No signature"
      default: "No good signature: \(signature.reason ?? "it does not fit")"
      }
    let plain = PlainText.sanitize(text)
    return ["good", "none", "unknown"].contains(signature.status) ? plain : style.failure(plain)
  }

  private func subject(of record: LogRecord) -> String { PlainText.sanitize(record.subject) }

  /// An operation that did not succeed says so.
  private func mark(_ record: LogRecord) -> String {
    guard let outcome = record.outcome, outcome != "succeeded" else { return "" }
    return " " + style.failure("(\(PlainText.sanitize(outcome)))")
  }

  private func medium(_ record: LogRecord, _ signature: SignatureVerdict?) -> String {
    var lines = [style.id("commit \(record.commit)")]
    if let signature { lines.append(style(signature: signature)) }
    lines.append(
      PlainText.sanitize("Author: \(record.authorName) <\(record.authorEmail)>"))
    lines.append("Date:   \(record.time.gitDescription)")
    lines += ["", "    \(subject(of: record))\(mark(record))"]
    let fields = record.fields.filter { $0.name != "Outcome" }
    if !fields.isEmpty { lines.append("") }
    for field in fields {
      lines.append(PlainText.sanitize("    \(field.name): \(field.value)"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Git's placeholders, and ours in parentheses. One that is not known stays as it is.
  private func expand(_ pattern: String, _ record: LogRecord) -> String {
    var text = ""
    var rest = pattern[...]
    while let percent = rest.firstIndex(of: "%") {
      text += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
      if let (value, length) = placeholder(rest, record) {
        text += PlainText.sanitize(value, keepsLines: true)
        rest = rest.dropFirst(length)
      } else {
        text += "%"
      }
    }
    return text + rest
  }

  private func placeholder(_ rest: Substring, _ record: LogRecord) -> (String, Int)? {
    if rest.first == "(", let end = rest.firstIndex(of: ")") {
      let name = rest[rest.index(after: rest.startIndex)..<end]
      return named(String(name), record).map { ($0, name.count + 2) }
    }
    let values: [(String, () -> String)] = [
      ("H", { record.commit }), ("h", { String(record.commit.prefix(10)) }),
      ("s", { record.subject }), ("an", { record.authorName }), ("ae", { record.authorEmail }),
      ("cn", { record.committerName }), ("ce", { record.committerEmail }),
      ("aI", { record.time.description }), ("cI", { record.time.description }),
      ("ad", { record.time.gitDescription }), ("cd", { record.time.gitDescription }),
      ("at", { String(record.time.secondsSince1970) }),
      ("ct", { String(record.time.secondsSince1970) }),
      ("ar", { HumanText.age(of: record.time, now: now) }),
      ("cr", { HumanText.age(of: record.time, now: now) }),
      ("P", { record.parents.joined(separator: " ") }), ("n", { "\n" }), ("%", { "%" }),
    ]
    return values.first { rest.hasPrefix($0.0) }.map { ($0.1(), $0.0.count) }
  }

  private func named(_ name: String, _ record: LogRecord) -> String? {
    switch name {
    case "operation": record.operation ?? ""
    case "outcome": record.outcome ?? ""
    case "container": record.container ?? ""
    case "name": record.containerName ?? ""
    case "image": record.image ?? ""
    case "activity": record.activity ?? ""
    default: nil
    }
  }
}

extension Timestamp {
  /// The time as git's log writes it, in UTC: `Mon Nov 23 19:05:01 2026 +0000`.
  var gitDescription: String {
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let part = components
    let day = (secondsSince1970 - (secondsSince1970 % 86400 + 86400) % 86400) / 86400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(days[Int((day % 7 + 7) % 7)]) \(months[part.month - 1]) \(part.day) "
      + "\(two(part.hour)):\(two(part.minute)):\(two(part.second)) \(part.year) +0000"
  }
}
