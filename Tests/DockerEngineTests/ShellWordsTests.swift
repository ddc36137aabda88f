import TestSupport
import Testing

@testable import DockerEngine

@Suite struct ShellWordsTests {
  private static let lines = [
    "", "  ", "/bin/sleep 30", "a 'b c' \"d e\"f", "''", "a\\ b \\\\ \\'",
    "\"a\\\"b\\$c\\d\" 'e\\f'",
    "tab\tand\nline", "joined\\\nline \"in\\\nquotes\"", "ünï 'çö dé'", "a''b \"\" c", "\"it's\"",
  ]

  /// The shell itself says what its words are.
  @Test(arguments: lines) func splitsAsTheShellDoes(_ line: String) async throws {
    let printed = try await Command.check(
      ["sh", "-f", "-c", "set -- \(line)\nfor word; do printf '%s\\0' \"$word\"; done"])
    let words = printed.split(separator: "\0", omittingEmptySubsequences: false).dropLast()
    // Unquoted line feeds end a command of the shell.
    if line.contains("\nline") && !line.contains("\\\nline") {
      #expect(try ShellWords.split(line) == ["tab", "and", "line"])
    } else {
      #expect(try ShellWords.split(line) == words.map(String.init))
    }
  }

  @Test(arguments: ["'", "\"a", "a\\", "\"a\\"])
  func refusesWhatDoesNotEnd(_ line: String) {
    #expect(throws: ShellWords.Unfinished(line: line)) { try ShellWords.split(line) }
  }

  @Test func setsVariablesAndLabelsByName() {
    var specification = ContainerSpecification(image: "a")
    specification.setEnvironment(["B": "2", "A": "x=y"])
    #expect(specification.environment == ["A=x=y", "B=2"])
    specification.setLabels(["b", "a"])
    #expect(specification.labels == ["a": "", "b": ""])
  }
}
