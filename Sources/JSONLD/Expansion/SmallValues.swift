/// Small values that an expanded document has over and over, each of them in memory once.
///
/// A digit and a comma become an object of a hundred bytes. There are only so many different
/// values that are that short: sharing them keeps a document of nothing else small.
struct SmallValues {
  private var known: [Written: JSON] = [:]

  private static let countLimit = 4096

  /// Returns what was made before of an equal value; nil, and remembers what was made of it now,
  /// where this is the first.
  ///
  /// What was made of it is not looked at, however long it is.
  mutating func known(_ result: JSON, of value: JSON) -> JSON? {
    let written = Written(value: value)
    if let known = known[written] { return known }
    if known.count < Self.countLimit { known[written] = result }
    return nil
  }

  /// A value that is equal to another only when it is written in the same way.
  private struct Written: Hashable {
    let value: JSON

    static func == (left: Self, right: Self) -> Bool { left.value.isWritten(as: right.value) }

    func hash(into hasher: inout Hasher) { hasher.combine(value) }
  }
}

extension JSON {
  /// Whether a text of a few bytes says all of it: no string or number is longer than the limit,
  /// and few values are in one another.
  func isSmall(textLimit: Int = 3, depth: Int = 3) -> Bool {
    switch self {
    case .null, .bool: true
    case .number(let number): number.text.utf8.count <= textLimit
    case .string(let text): text.utf8.count <= textLimit
    case .array(let elements):
      depth > 0 && elements.count <= 4
        && elements.allSatisfy { $0.isSmall(textLimit: textLimit, depth: depth - 1) }
    case .object(let object):
      depth > 0 && object.count <= 2
        && object.members.allSatisfy { $0.value.isSmall(textLimit: textLimit, depth: depth - 1) }
    }
  }

  /// Whether both are the same text: the order of members and the digits of numbers count.
  fileprivate func isWritten(as other: JSON) -> Bool {
    switch (self, other) {
    case (.number(let left), .number(let right)): left.text == right.text
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isWritten(as: $1) }
    case (.object(let left), .object(let right)):
      left.count == right.count
        && zip(left.members, right.members).allSatisfy {
          $0.name.isSame(as: $1.name) && $0.value.isWritten(as: $1.value)
        }
    default: self == other
    }
  }
}
