import Canonical

/// A person's ORCID identifier: 16 characters, of which the last checks the others.
package struct ORCID: Sendable, Hashable, CustomStringConvertible {
  /// The id in its written form: `0000-0002-1825-0097`.
  package let description: String

  /// The person's IRI: https, without a slash at the end.
  package var iri: String { "https://orcid.org/" + description }

  /// Reads the bare id or its address, with `https://` or `http://`; an `x` may be lower case.
  package init(_ text: String) throws(ORCIDError) {
    var id = text[...]
    for prefix in ["https://orcid.org/", "http://orcid.org/", "orcid.org/"]
    where text.lowercased().hasPrefix(prefix) {
      id = text.dropFirst(prefix.count)
      if id.hasSuffix("/") { id = id.dropLast() }
      break
    }
    let characters = Array(id.uppercased())
    guard characters.count == 19, id.utf8.count == 19,
      [4, 9, 14].allSatisfy({ characters[$0] == "-" })
    else { throw ORCIDError(code: .malformed, text: text) }
    let digits = characters.filter { $0 != "-" }
    guard digits.count == 16, let given = digits.last,
      digits.dropLast().allSatisfy({ ("0"..."9").contains($0) }),
      given == "X" || ("0"..."9").contains(given)
    else { throw ORCIDError(code: .malformed, text: text) }
    let expected = Self.check(of: digits.dropLast())
    guard given == expected else {
      throw ORCIDError(code: .wrongCheck, text: text, expected: expected, found: given)
    }
    description = String(characters)
  }

  /// The check character of 15 digits. Source: ISO 7064, MOD 11-2.
  private static func check(of digits: some Sequence<Character>) -> Character {
    let total = digits.reduce(0) { ($0 + ($1.wholeNumberValue ?? 0)) * 2 % 11 }
    let value = (12 - total) % 11
    return value == 10 ? "X" : Character(String(value))
  }
}

/// Text that is no ORCID.
package struct ORCIDError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  package enum Code: Sendable {
    case malformed, wrongCheck
  }

  package let code: Code

  /// The text as it was given.
  package let text: String

  /// The check character that the digits ask for.
  package var expected: Character?

  /// The check character that is there.
  package var found: Character?

  package var description: String {
    guard let expected, let found else {
      return "\(text) is no ORCID: expected four groups of four digits, as 0000-0002-1825-0097"
    }
    return "\(text) is no ORCID: the check character is \(found), expected \(expected)"
  }
}
