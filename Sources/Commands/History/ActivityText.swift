import SmartContainers

/// One activity in words.
struct ActivityText {
  private let details: ActivityDetails
  private let style: Style

  init(_ details: ActivityDetails, style: Style) {
    self.details = details
    self.style = style
  }

  /// The whole text, with its last line feed.
  var text: String {
    var lines = [style.id("activity \(details.id)")]
    add("Commit", details.commit, to: &lines)
    add("Operation", details.operation, to: &lines)
    add("Outcome", outcome, to: &lines)
    add("When", when, to: &lines)
    add("Who", who, to: &lines)
    add("With", with, to: &lines)
    add("Where", place, to: &lines)
    add("Command", Self.shellText(details.command), to: &lines)
    add("Request", details.request, to: &lines)
    add("Build", details.build.joined(separator: ", "), to: &lines)
    add("Repeats", repeats, to: &lines)
    add("After", details.informedBy.joined(separator: ", "), to: &lines)
    add("Used", used, to: &lines)
    add("Made", details.generated.filter { $0.role != "snapshot" }, to: &lines)
    add("Ended", details.invalidated, to: &lines)
    addParts(to: &lines)
    addConfiguration(to: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private func add(_ label: String, _ value: String?, to lines: inout [String]) {
    guard let value, !value.isEmpty else { return }
    let padding = String(repeating: " ", count: max(1, 11 - label.count))
    let text = FieldText.hidingCommitments(in: value)
    lines.append("\(label):\(padding)\(PlainText.sanitize(text))")
  }

  private func add(_ label: String, _ things: [ActivityDetails.Thing], to lines: inout [String]) {
    for thing in things {
      let role = thing.role.map(Self.words)
      // What was read and what was written may be the same bytes, and so one thing.
      let isNamedByRole = thing.role == thing.label || thing.role?.hasPrefix("standard") ?? false
      let place = thing.place.map { $0 == thing.label ? nil : "at \($0)" } ?? nil
      let words = [role, isNamedByRole ? nil : thing.label, thing.digest, place]
      add(label, words.compactMap { $0 }.joined(separator: " "), to: &lines)
      if let kept = thing.kept { add("Kept", Self.words(kept), to: &lines) }
    }
  }

  /// What was used, without what one part of the activity made for another and without the name
  /// of an image that is there with its digest.
  private var used: [ActivityDetails.Thing] {
    let made: Set<String> = details.parts.isEmpty ? [] : Set(details.generated.map(\.iri))
    return details.used.filter { thing in
      let isNamed = details.used.contains { $0.role == "image" && $0.label == thing.label }
      let isHandedIn = thing.role == "input" || thing.role == "standardInput"
      let isOwn = made.contains(thing.iri) && !isHandedIn
      return !isOwn && !(thing.role == "imageReference" && isNamed)
    }
  }

  private static func words(_ kept: ActivityDetails.Kept) -> String {
    let size = "\(kept.byteCount) bytes"
    return "\(kept.path), \(size), " + (kept.isHere ? "here" : "not here: git lfs fetch")
  }

  /// `standardOutput` is `standard output`.
  private static func words(_ role: String) -> String {
    role.map { $0.isUppercase ? " " + $0.lowercased() : String($0) }.joined()
  }

  private var place: String {
    let memory = details.hostMemoryInBytes.map { "\(HumanText.size($0)) of memory" }
    return (details.host + [memory].compactMap { $0 }).joined(separator: ", ")
  }

  private var outcome: String {
    let code = details.exitCode.map { ", exit code \($0)" } ?? ""
    return details.outcome + code + (details.reason.map { ": \($0)" } ?? "")
  }

  private var repeats: String? {
    details.repeated.map { repeated in
      repeated + (details.isReproduced.map { $0 ? ", reproduced" : ", not reproduced" } ?? "")
    }
  }

  private var when: String {
    let length =
      details.endedAt.millisecondsSince1970 - details.startedAt.millisecondsSince1970
    return "\(details.startedAt), \(HumanText.duration(milliseconds: length))"
  }

  private var who: String {
    let account = details.account.map { "account \($0)" }
    return (details.person + [account].compactMap { $0 }).joined(separator: ", ")
  }

  private var with: String {
    [details.client, details.engine].compactMap { $0 }.joined(separator: "; ")
  }

  private func addParts(to lines: inout [String]) {
    for part in details.parts {
      let length = part.endedAt.millisecondsSince1970 - part.startedAt.millisecondsSince1970
      let outcome = part.outcome == "succeeded" ? "" : " \(part.outcome)"
      add(
        "Part", "\(part.operation)\(outcome), \(HumanText.duration(milliseconds: length))",
        to: &lines)
    }
  }

  private func addConfiguration(to lines: inout [String]) {
    guard let configured = details.configured else { return }
    lines += ["", "Configuration of \(PlainText.sanitize(configured.title)):"]
    for (name, value) in configured.notableFields {
      lines.append("    \(PlainText.sanitize(name)): \(FieldText.text(of: value, in: name))")
    }
  }

  /// The arguments as they can be pasted into a shell.
  static func shellText(_ arguments: [String]) -> String {
    arguments.map { argument in
      let isPlain = argument.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=@%+,".contains($0))
      }
      return isPlain && !argument.isEmpty
        ? argument
        : "'\(argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
    }.joined(separator: " ")
  }
}
