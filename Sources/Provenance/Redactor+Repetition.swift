import Canonical

// A value that is a secret under one name is one wherever it is written again: as an argument,
// in a script. Ordinary words are passwords, too ("postgres"); they are left where they stand,
// because an image of that name is not one.
extension Redactor {
  /// The secrets met so far that no ordinary word can be.
  private var distinctSecrets: Set<String> {
    secrets.filter { secret in
      secret.utf8.count >= 8 && !secret.utf8.allSatisfy { $0.isASCIILowercase }
    }
  }

  /// Replaces the secrets met so far where texts repeat them.
  package mutating func redactRepetitions(in texts: [String]) -> [String] {
    let secrets = distinctSecrets
    return secrets.isEmpty ? texts : texts.map { redact($0, repeating: secrets) }
  }

  /// Replaces the secrets met so far where a value repeats them.
  package mutating func redactRepetitions(in json: JSONValue) -> JSONValue {
    let secrets = distinctSecrets
    return secrets.isEmpty ? json : redact(json, repeating: secrets)
  }

  private mutating func redact(_ json: JSONValue, repeating secrets: Set<String>) -> JSONValue {
    switch json {
    case .null, .bool, .integer, .double: return json
    case .string(let text): return .string(redact(text, repeating: secrets))
    case .array(let elements):
      return .array(elements.map { redact($0, repeating: secrets) })
    case .object(let members):
      return .object(members.mapValues { redact($0, repeating: secrets) })
    }
  }

  private mutating func redact(_ text: String, repeating secrets: Set<String>) -> String {
    secrets.contains(where: text.contains) ? scrub(text, secrets: secrets) : text
  }
}
