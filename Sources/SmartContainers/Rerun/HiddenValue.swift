import Canonical
import Provenance

/// A value of a recorded request that the record hides.
public struct HiddenValue: Sendable, Hashable {
  /// What is known of it now.
  public enum State: String, Sendable {
    /// The environment has it, and it is the same as then.
    case same
    /// The environment has it, and it is another than then.
    case different
    /// The environment has it; it was hidden with a key that is not here.
    case notComparable
    /// The environment does not have it.
    case needed
    /// It has no name by which it could be given.
    case unobtainable
  }

  /// Where it stands: `the environment`, `label token`, `Cmd 3`.
  public let place: String

  /// The variable that it is taken from; nil where it has no name.
  public let name: String?
  public let state: State
}

/// Puts back what a record hides in a request.
struct HiddenValues {
  private let environment: [String: String]
  private let redactor: Redactor

  /// The values behind commitments, as they become known: the same stand for the same value.
  private var known: [String: String] = [:]
  private(set) var found: [HiddenValue] = []

  init(_ environment: [String: String], _ redactor: Redactor) {
    self.environment = environment
    self.redactor = redactor
  }

  /// The request with the values that are known; the others stay hidden, and are among `found`.
  mutating func restored(_ body: JSONValue) -> JSONValue {
    var members = body.object ?? [:]
    // What a variable hides is often repeated elsewhere.
    if let entries = members["Env"]?.strings {
      members["Env"] = .array(entries.map { .string(restored($0, in: "the environment")) })
    }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) where name != "Env" {
      members[name] = restored(value, in: name)
    }
    return .object(members)
  }

  private mutating func restored(_ value: JSONValue, in place: String) -> JSONValue {
    switch value {
    case .null, .bool, .integer, .double: return value
    case .string(let text): return .string(restored(text, in: place))
    case .array(let elements):
      return .array(
        elements.enumerated().map { restored($1, in: "\(place) \($0 + 1)") })
    case .object(let members):
      var restoredMembers: [String: JSONValue] = [:]
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        let inner = place == "Labels" ? "label \(name)" : name
        if let text = value.string, Self.isVariable(name), !Commitment.all(in: text).isEmpty {
          let entry = restored("\(name)=\(text)", in: inner)
          restoredMembers[name] = .string(String(entry.dropFirst(name.count + 1)))
        } else {
          restoredMembers[name] = restored(value, in: inner)
        }
      }
      return .object(restoredMembers)
    }
  }

  /// A text, which may be `NAME=value`.
  private mutating func restored(_ text: String, in place: String) -> String {
    var text = text
    for commitment in Commitment.all(in: text) {
      if let value = known[commitment.description] {
        text = text.replacing(commitment.description, with: value)
      }
    }
    let commitments = Commitment.all(in: text)
    guard !commitments.isEmpty else { return text }
    guard let equals = text.firstIndex(of: "="), Self.isVariable(text[..<equals]) else {
      found.append(HiddenValue(place: place, name: nil, state: .unobtainable))
      return text
    }
    let name = String(text[..<equals])
    guard let value = environment[name], !value.isEmpty else {
      found.append(HiddenValue(place: place, name: name, state: .needed))
      return text
    }
    let hidden = String(text[text.index(after: equals)...])
    found.append(
      HiddenValue(
        place: place, name: name, state: state(of: value, named: name, against: hidden)))
    if Commitment(hidden)?.keyID != nil { known[hidden] = value }
    return "\(name)=\(value)"
  }

  private func state(
    of value: String, named name: String, against hidden: String
  ) -> HiddenValue.State {
    guard Commitment.all(in: hidden).allSatisfy({ $0.keyID != nil && $0.keyID == redactor.keyID })
    else { return .notComparable }
    var ours = redactor
    let isSame =
      Commitment(hidden) != nil
      ? ours.commit(value) == hidden : ours.redact(value, named: name) == hidden
    return isSame ? .same : .different
  }

  private static func isVariable(_ name: some StringProtocol) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || $0 == UInt8(ascii: "_")
    }
  }
}
