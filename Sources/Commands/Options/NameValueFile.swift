import SmartContainers

/// The lines of `--env-file` and `--label-file`: `name=value`, `#` comments and blank lines.
enum NameValueFile {
  static func lines(of text: String, named name: String) throws(UsageError) -> [String] {
    var lines: [String] = []
    for (number, line) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      let content = line.drop { $0 == " " || $0 == "\t" }
      guard !content.isEmpty, !content.hasPrefix("#") else { continue }
      let variable = content.prefix { $0 != "=" }
      guard !variable.isEmpty, !variable.contains(where: \.isWhitespace) else {
        throw UsageError("\(name), line \(number + 1): \"\(variable)\" is no variable's name")
      }
      lines.append(String(content))
    }
    return lines
  }
}
