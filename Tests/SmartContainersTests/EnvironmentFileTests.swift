import SmartContainers
import SystemPackage
import TestSupport
import Testing

@Suite struct EnvironmentFileTests {
  @Test func readsNamesAndValues() throws {
    let text = "# comment\nA=1\r\n\n  B=x y=z\nC\nA=2\nD=\n"
    let file = try EnvironmentFile(parsing: text, named: "f")
    #expect(file.entries == ["A=1", "B=x y=z", "C", "A=2", "D="])
    #expect(file.variables == ["A": "2", "B": "x y=z", "D": ""])
  }

  @Test(arguments: ["A=1\nB C=2", "A=1\n=2"]) func refusesLinesThatNameNothing(_ text: String) {
    let error = #expect(throws: SmartContainersError.self) {
      try EnvironmentFile(parsing: text, named: "f")
    }
    #expect(error?.code == .usage)
    #expect(error?.message.hasPrefix("f, line 2") == true)
  }

  @Test func saysWhichFileCannotBeRead() throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("env")
    let error = #expect(throws: SmartContainersError.self) { try EnvironmentFile(path) }
    #expect(error?.message.hasPrefix(path.string) == true)
    let file = try FileDescriptor.open(
      path, .writeOnly, options: .create, permissions: .ownerReadWrite)
    _ = try file.closeAfter { try file.writeAll("A=1\n".utf8) }
    #expect(try EnvironmentFile(path).entries == ["A=1"])
  }
}
