import Testing

/// That the rules can fail, and do not fail for what only looks like an offence.
struct OffenceTests {
  @Test(arguments: [
    ("import Foundation", "SmartContainers", "imports Foundation"),
    ("import Foundation", "Commands", "imports Foundation"),
    ("import Glibc", "Provenance", "imports Glibc"),
    ("import Curl", "DockerEngine", "imports Curl"),
    ("import History", "Provenance", "imports History"),
    ("import DockerEngine", "History", "imports DockerEngine"),
    ("import CGit2", "History", "imports CGit2"),
    ("@preconcurrency package import struct Git.Commit", "Archive", "imports Git"),
    ("/* why */ import Arguments", "SmartContainers", "imports Arguments"),
    ("let a = 1; import Commands", "SmartContainers", "imports Commands"),
    ("func f() { print(\"x\") }", "History", "prints"),
    ("let text = \"\\(print(1))\"", "History", "prints"),
    ("let text = #\"\\#(isatty(1))\"#", "History", "reads the environment"),
    ("getenv(name)", "SmartContainers", "reads the environment"),
    ("let home = \"~/.sc\"", "SmartContainers", "reads the environment"),
    ("let name = \"HOME\"", "SmartContainers", "reads the environment"),
    ("object[\"prov:startedAtTime\"]", "SmartContainers", "speaks PROV"),
    ("let a = \"http://www.w3.org/ns/prov#\"", "History", "speaks PROV"),
    ("let a = \"/containers/\\(id)/json\"", "SmartContainers", "knows an engine's endpoint"),
    ("let a = \"/v\\(version)/images/json\"", "Curl", "knows an engine's endpoint"),
    ("let a = \"/commit?container=web\"", "Commands", "knows an engine's endpoint"),
    ("import Canonical", "Helpers", "has no row"),
  ])
  func offends(_ source: String, _ module: String, _ offence: String) {
    let offences = Architecture.offences(in: "// a comment\n" + source, of: module)
    #expect(offences.count == 1)
    #expect(offences.first?.contains(offence) == true)
  }

  @Test(arguments: [
    ("import Git\nimport SystemPackage", "History"),
    ("@testable import Canonical", "Provenance"),
    ("// import Foundation\n/* import /* Foundation */ print() \"*/", "History"),
    ("let text = \"import Foundation; print(1)\"", "History"),
    ("let text = \"\"\"\n  getenv(\"HOME\") \"prov\\\"\n  \"\"\"", "History"),
    ("let text = ##\"quote \"# \\(print(1))\"##", "History"),
    ("#if canImport(Foundation)\n#endif", "History"),
    ("command(.import, import: 1)", "History"),
    ("func print(_ name: String) {}; printer.print(name)", "History"),
    ("print(\"done\")", "Commands"),
    ("let name = \"prov:Activity\"", "Provenance"),
    ("let name = \"improv:\"", "History"),
    ("let a = \"/containers/{id}/json\"", "DockerEngine"),
    ("let a = \"containers/8a/\\(id).json\"", "History"),
    ("let a = \"\\(root)/containers/x\"", "History"),
  ])
  func doesNotOffend(_ source: String, _ module: String) {
    #expect(Architecture.offences(in: source, of: module) == [])
  }

  @Test func namesTheLine() {
    let source = "/* one\n two */\nlet a = \"\"\"\n\n  text\n\"\"\"\nimport Foundation\n"
    #expect(
      Architecture.offences(in: source, of: "History") == ["line 7: History imports Foundation"])
  }
}
