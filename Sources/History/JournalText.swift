import Canonical

/// The text of a journal entry: one line a step.
///
/// A line is eight hexadecimal digits (the first of the SHA-256 of what follows the space), a
/// space, the step as JSON, and a line feed. A crash while a line is appended leaves a tail
/// without a line feed, or, after a power cut, zeros where the disk had not written yet: such
/// a tail was never synced, so nothing was done because of it, and it is left out. Any other
/// line that does not match its digits is damage.
enum JournalText {
  /// A step of an entry.
  enum Step: Equatable {
    case intent(JSONValue)
    case part(JSONValue)
    case finished(OperationRecord)
  }

  /// What an entry says.
  struct Content {
    var intent: JSONValue = .null
    var parts: [JSONValue] = []
    var finished: OperationRecord?

    /// The number of bytes before the torn tail.
    var length = 0
  }

  /// Text that is damaged.
  struct Damage: Error, Equatable {
    let reason: String
    let line: Int
  }

  static func line(_ step: Step) -> [UInt8] {
    let json: JSONValue =
      switch step {
      case .intent(let value): ["intent": value]
      case .part(let value): ["part": value]
      case .finished(let record): ["finished": record.json]
      }
    let text = json.bytes()
    return Array(digits(of: text).utf8) + [UInt8(ascii: " ")] + text + [UInt8(ascii: "\n")]
  }

  private static func digits(of text: [UInt8]) -> String {
    String(SHA256Digest(of: text).hexadecimal.prefix(8))
  }

  static func parse(_ bytes: [UInt8]) throws(Damage) -> Content {
    var content = Content()
    var number = 0
    while let end = bytes[content.length...].firstIndex(of: UInt8(ascii: "\n")) {
      number += 1
      let line = bytes[content.length..<end]
      let isLast = end + 1 == bytes.count
      guard let step = step(line) else {
        // JSON text has no zero byte: there the disk had not written.
        if isLast, line.contains(0) { break }
        throw Damage(reason: "does not match its digest", line: number)
      }
      try content.add(step, line: number)
      content.length = end + 1
    }
    guard number > 0, content.length > 0 else { throw Damage(reason: "has no intent", line: 1) }
    return content
  }

  private static func step(_ line: ArraySlice<UInt8>) -> Step? {
    let text = Array(line.dropFirst(9))
    guard line.count > 9, line.prefix(9).elementsEqual((digits(of: text) + " ").utf8),
      let json = try? JSONValue(parsing: text)
    else { return nil }
    if let intent = json["intent"] { return .intent(intent) }
    if let part = json["part"] { return .part(part) }
    return json["finished"].flatMap(OperationRecord.init(json:)).map(Step.finished)
  }
}

extension JournalText.Content {
  fileprivate mutating func add(
    _ step: JournalText.Step, line: Int
  ) throws(JournalText.Damage) {
    switch step {
    case .intent(let value) where line == 1: intent = value
    case .part(let value) where line > 1: parts.append(value)
    case .finished(let record) where line > 1: finished = record
    default: throw JournalText.Damage(reason: "is out of order", line: line)
    }
  }
}
