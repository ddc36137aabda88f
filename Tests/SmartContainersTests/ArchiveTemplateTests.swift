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

  /// A title is anybody's.
  @Test func whatAValueHasIsNoPartOfTheTemplate() {
    let values = ["title": "{{runs}} {{title}} {{", "runs": "- {{commands}}", "commands": "}}"]
    #expect(
      ArchiveTemplate.filled("# {{title}}\n{{runs}}{{commands}}{{other}} {{end", with: values)
        == "# {{runs}} {{title}} {{\n- {{commands}}}}{{other}} {{end")
    #expect(ArchiveTemplate.filled("", with: values) == "")
  }

  @Test func everyPlaceOfTheReadmeHasAName() {
    let values = ["title": "A", "commit": "B", "runs": "C", "commands": "D"]
    let text = ArchiveTemplate.filled(ArchiveTemplate.readme, with: values)
    #expect(text.hasPrefix("# A\n") && text.contains("commit `B`") && !text.contains("{{"))
  }
}
