import Canonical

/// A value that the journal keeps as JSON, so that another process can go on from it.
protocol JournalValue {
  var json: JSONValue { get }
  init(json: JSONValue) throws(JournalValueError)
}

/// A journal entry that lacks what it must have.
struct JournalValueError: Error, CustomStringConvertible {
  let member: String

  var description: String { "the journal entry has no usable \"\(member)\"" }
}

/// The members of a journal object; those that are nil are left out.
enum JournalObject {
  static func make(_ members: [(String, JSONValue?)]) -> JSONValue {
    .object(
      Dictionary(
        members.compactMap { name, value in value.map { (name, $0) } }, uniquingKeysWith: { $1 }))
  }

  static func strings(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }

  static func list(_ values: [some JournalValue]) -> JSONValue { .array(values.map(\.json)) }
}

extension JSONValue {
  func text(_ member: String) throws(JournalValueError) -> String {
    guard let value = self[member]?.string else { throw JournalValueError(member: member) }
    return value
  }

  func number(_ member: String) throws(JournalValueError) -> Int64 {
    guard let value = self[member]?.integer else { throw JournalValueError(member: member) }
    return value
  }

  func time(_ member: String) throws(JournalValueError) -> Timestamp {
    guard let time = Timestamp(try text(member)) else { throw JournalValueError(member: member) }
    return time
  }

  func activity(_ member: String) throws(JournalValueError) -> ActivityID {
    guard let id = ActivityID(try text(member)) else { throw JournalValueError(member: member) }
    return id
  }

  func value<Value: JournalValue>(_ member: String) throws(JournalValueError) -> Value? {
    guard let json = self[member] else { return nil }
    return try Value(json: json)
  }

  func required<Value: JournalValue>(_ member: String) throws(JournalValueError) -> Value {
    guard let json = self[member] else { throw JournalValueError(member: member) }
    return try Value(json: json)
  }

  func list<Value: JournalValue>(_ member: String) throws(JournalValueError) -> [Value] {
    var values: [Value] = []
    for json in self[member]?.array ?? [] { values.append(try Value(json: json)) }
    return values
  }
}
