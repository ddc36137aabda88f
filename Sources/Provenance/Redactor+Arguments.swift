extension Redactor {
  /// Options whose value is an assignment for the environment or the build.
  private static let assignmentOptions: Set<String> = ["-e", "--env", "--build-arg"]

  /// Redacts the arguments of a command: `--password x`, `--password=x`, `-e NAME=x`, and what a
  /// shell would find in one argument.
  package mutating func redact(arguments: [String]) -> [String] {
    var option = ""
    let redacted = arguments.map { argument in
      defer { option = argument }
      if isSecret(argument, after: option) { return commit(argument) }
      let isAll = policy == .all && Self.assignmentOptions.contains(option)
      return redactAssignment(argument, all: isAll) ?? redact(text: argument)
    }
    return redactRepetitions(in: redacted)
  }

  private func isSecret(_ argument: String, after option: String) -> Bool {
    guard policy != .none, option.hasPrefix("-"), option.utf8.count > 2, !option.contains("="),
      !option.contains(" "), !argument.hasPrefix("-")
    else { return false }
    // A build's `--secret id=…,src=…` names a secret and does not hold it.
    if option == "--secret", argument.contains("id=") || argument.contains("src=") { return false }
    return SecretName.verdict(on: option, value: argument) == .secret
  }

  /// Redacts one `NAME=value`, or `--option=NAME=value`; nil when the text is neither.
  mutating func redactAssignment(_ text: String, all: Bool = false) -> String? {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let name = String(text[..<equals])
    guard !name.isEmpty,
      name.utf8.allSatisfy({ $0.isASCIIAlphanumeric || "_-./".utf8.contains($0) })
    else { return nil }
    let value = String(text[text.index(after: equals)...])
    if name.hasPrefix("-") {
      let isAll = policy == .all && Self.assignmentOptions.contains(name)
      if let inner = redactAssignment(value, all: isAll) { return name + "=" + inner }
    }
    return name + "=" + (all ? commit(value) : redact(value, named: name))
  }
}
