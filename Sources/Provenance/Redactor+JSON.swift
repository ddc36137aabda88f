import Canonical

extension Redactor {
  /// Members that hold registry credentials, in lower case.
  private static let registryMembers: Set<String> = [
    "authconfig", "authconfigs", "identitytoken", "registryauth", "registrytoken",
    "x-registry-auth", "x-registry-config",
  ]
  /// Members whose names the user chose, and whose values are text.
  private static let namedMembers: Set<String> = [
    "Annotations", "BuildArgs", "buildargs", "Config", "DriverOpts", "Labels", "Options",
    "StorageOpt", "Sysctls",
  ]
  private static let argumentMembers: Set<String> = ["Args", "Cmd", "Entrypoint", "Shell", "Test"]

  /// Redacts the JSON body of a request to the engine, or of an inspection.
  ///
  /// Registry credentials are left out as a whole; they are remembered, so that a message that
  /// quotes them is scrubbed.
  package mutating func redact(json: JSONValue) -> JSONValue {
    let redacted = redact(json, in: "")
    return redactRepetitions(in: redacted)
  }

  private mutating func redact(_ value: JSONValue, in member: String) -> JSONValue {
    switch value {
    case .null, .bool, .integer, .double: value
    case .string(let text): .string(redact(text, named: member))
    case .array(let elements): .array(redact(elements, in: member))
    case .object(let members): .object(redact(members, in: member))
    }
  }

  private mutating func redact(_ elements: [JSONValue], in member: String) -> [JSONValue] {
    let texts = elements.compactMap(\.string)
    if texts.count == elements.count {
      if member == "Env" { return redact(environment: texts).map { .string($0) } }
      if Self.argumentMembers.contains(member) {
        return redact(arguments: texts).map { .string($0) }
      }
      return texts.map { .string(redact($0, named: member)) }
    }
    return elements.map { redact($0, in: member) }
  }

  private mutating func redact(
    _ members: [String: JSONValue], in member: String
  ) -> [String: JSONValue] {
    let isCredentials = members.keys.contains { $0.lowercased() == "serveraddress" }
    let isAll = policy == .all && member.lowercased() == "buildargs"
    var redacted: [String: JSONValue] = [:]
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      let lower = name.lowercased()
      if Self.registryMembers.contains(lower)
        || isCredentials && ["auth", "email", "password"].contains(lower)
      {
        rememberAll(in: value)
      } else if Self.namedMembers.contains(member), let text = value.string {
        redacted[name] = .string(isAll ? commit(text) : redact(text, named: name))
      } else {
        redacted[name] = redact(value, in: name)
      }
    }
    return redacted
  }

  private mutating func rememberAll(in value: JSONValue) {
    switch value {
    case .string(let text): remember(text)
    case .array(let elements): for element in elements { rememberAll(in: element) }
    case .object(let members):
      for (name, member) in members where !["username", "serveraddress"].contains(name) {
        rememberAll(in: member)
      }
    case .null, .bool, .integer, .double: break
    }
  }

  /// Redacts the query of a request: JSON maps, Dockerfile lines, addresses and plain values.
  package mutating func redact(query: [QueryItem]) -> [QueryItem] {
    query.filter { !Self.registryMembers.contains($0.name.lowercased()) }.map { item in
      QueryItem(item.name, redact(queryValue: item.value, of: item.name))
    }
  }

  private mutating func redact(queryValue value: String, of name: String) -> String {
    if let json = try? JSONValue(parsing: value), json.object != nil || json.array != nil {
      return redact(json, in: name == "labels" ? "Labels" : name).text()
    }
    return redact(value, named: name)
  }
}
