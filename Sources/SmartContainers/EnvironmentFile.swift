import SystemPackage

/// A file of variables or labels, docker's `--env-file`: `NAME=value` lines, `#` comments and
/// blank lines.
public struct EnvironmentFile: Sendable, Equatable {
  /// The lines that say something, in their order: `NAME=value`, or `NAME` alone, which takes the
  /// value of whoever asks.
  public let entries: [String]

  /// The values of the names that have one; the last of a name counts.
  public var variables: [String: String] {
    var variables: [String: String] = [:]
    for entry in entries {
      guard let equals = entry.firstIndex(of: "=") else { continue }
      variables[String(entry[..<equals])] = String(entry[entry.index(after: equals)...])
    }
    return variables
  }

  /// - Throws: `SmartContainersError` of code `usage` when it cannot be read or is no such file.
  public init(_ path: FilePath) throws(SmartContainersError) {
    let text: String
    do {
      text = try TextFile.read(path)
    } catch {
      throw SmartContainersError(.usage, "\(path) cannot be read: \(error)", cause: error)
    }
    try self.init(parsing: text, named: path.string)
  }

  /// - Parameter name: what messages call the text.
  /// - Throws: `SmartContainersError` of code `usage` for a line that names nothing.
  public init(parsing text: String, named name: String) throws(SmartContainersError) {
    var entries: [String] = []
    for (number, line) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      let content = line.drop { $0 == " " || $0 == "\t" }
      guard !content.isEmpty, !content.hasPrefix("#") else { continue }
      let variable = content.prefix { $0 != "=" }
      guard !variable.isEmpty, !variable.contains(where: \.isWhitespace) else {
        throw SmartContainersError(
          .usage, "\(name), line \(number + 1): \"\(variable)\" is no variable's name")
      }
      entries.append(String(content))
    }
    self.entries = entries
  }
}
