import DockerEngine
import Foundation
import TestSupport
import Testing

/// The article on engines against the code.
struct EnginesArticleTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: Project.root.appending(path).string, encoding: .utf8)
  }

  @Test func everyDifferenceIsTold() throws {
    let article = try Self.text("Sources/SmartContainers/SmartContainers.docc/Engines.md")
    let told = article.matches(of: /(?m)^\| `([a-zA-Z]+)` \| [^|]+ \| [^|]+ \|$/)
      .map { String($0.1) }.filter { $0 != "EngineDifference" }
    #expect(told.sorted() == EngineDifference.allCases.map(\.rawValue).sorted())
  }

  @Test func everyDifferenceIsActedOn() async throws {
    let sources = Project.root.appending("Sources").string
    let uses = try await Command.check(["grep", "-rhoE", #"has\(\.[a-zA-Z]+\)"#, sources])
    let unused = EngineDifference.allCases.filter { !uses.contains("has(.\($0.rawValue))") }
    #expect(unused.isEmpty)
  }
}
