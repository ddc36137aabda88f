import Foundation
import TestSupport
import Testing

/// The article on the old client's API against that API's own document, where it is at hand.
struct ClientAPIArticleTests {
  private static let document = Project.root.removingLastComponent()
    .appending("shared/CLIENT_API.md").string

  private static let isAtHand = FileManager.default.fileExists(atPath: document)

  private static func article() throws -> String {
    let path = Project.root
      .appending("Sources/SmartContainers/SmartContainers.docc/ClientAPI.md").string
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  /// The methods, each with its parameters: headings, and `* name (type): …` below them.
  private static func methods() throws -> [(name: String, parameters: [String])] {
    var methods: [(name: String, parameters: [String])] = []
    for line in try String(contentsOfFile: document, encoding: .utf8).split(separator: "\n") {
      if let heading = line.wholeMatch(of: /###? (?:docker\.utils\.)?([a-z_]+)/) {
        methods.append((String(heading.1), []))
      } else if let parameter = line.prefixMatch(of: /\* ([a-z_]+)(?: \(|:)/), !methods.isEmpty {
        methods[methods.count - 1].parameters.append(String(parameter.1))
      }
    }
    return methods
  }

  @Test(.enabled(if: isAtHand))
  func everyMethodAndParameterHasItsPlace() throws {
    let article = try Self.article()
    let methods = try Self.methods()
    #expect(methods.count > 30, "the document was not read")
    for method in methods {
      let missing = ([method.name] + method.parameters).filter { !article.contains("`\($0)`") }
      #expect(missing.isEmpty, "\(method.name)")
    }
  }

  /// What the article names as a command must be one.
  @Test func everyCommandOfTheArticleIsThere() async throws {
    let sc = try Project.executable("sc").string
    var commands: Set<String> = []
    for match in try Self.article().matches(of: /`(?:sc )?((?:image|container|volume) [a-z]+)/) {
      commands.insert(String(match.1))
    }
    #expect(commands.count > 10)
    for command in commands {
      let words = command.split(separator: " ").map(String.init)
      let help = try await Command.run([sc] + words + ["--help"])
      #expect(help.status == 0, "\(command): \(help.error)")
    }
  }
}
