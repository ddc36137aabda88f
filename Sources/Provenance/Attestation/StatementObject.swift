import Canonical

/// An object of a statement that is read: what is unknown in it is refused, as other readers do.
struct StatementObject {
  private let members: [String: JSONValue]
  private let what: String

  /// - Parameter what: what it is, for people: `the statement`.
  init(_ json: JSONValue?, _ what: String) throws(AttestationError) {
    guard let members = json?.object else {
      throw AttestationError(.malformed, "\(what) is missing or no object")
    }
    self.members = members
    self.what = what
  }

  /// Refuses every member of another name.
  func allow(_ names: Set<String>) throws(AttestationError) {
    for name in members.keys.sorted() where !names.contains(name) {
      throw AttestationError(.malformed, "\(what) has an unknown member: \(name)")
    }
  }

  func text(_ name: String) throws(AttestationError) -> String {
    guard let text = try optionalText(name) else {
      throw AttestationError(.malformed, "\(what) has no \(name)")
    }
    return text
  }

  func optionalText(_ name: String) throws(AttestationError) -> String? {
    guard let value = members[name] else { return nil }
    guard let text = value.string, !text.isEmpty else {
      throw AttestationError(.malformed, "\(name) of \(what) is no text")
    }
    return text
  }

  func list(_ name: String) throws(AttestationError) -> [JSONValue] {
    guard let value = members[name] else { return [] }
    guard let list = value.array else {
      throw AttestationError(.malformed, "\(name) of \(what) is no list")
    }
    return list
  }

  func object(_ name: String) throws(AttestationError) -> StatementObject {
    try StatementObject(members[name], "\(name) of \(what)")
  }
}
