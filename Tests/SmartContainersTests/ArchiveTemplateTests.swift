import Foundation
import TestSupport
import Testing

@testable import SmartContainers

struct ArchiveTemplateTests {
  /// What archives have is what the project ships.
  @Test func theReadmeIsThatOfTheTemplates() throws {
    let path = Project.root.appending("templates/archive/README.md")
    #expect(try String(contentsOfFile: path.string, encoding: .utf8) == ArchiveTemplate.readme)
  }
}
