import Arguments
import SmartContainers
import Testing

@testable import Commands

struct SpecificationTests {
  private func specification(
    _ arguments: [String], shell: [String: String] = [:], files: [String: String] = [:]
  ) throws -> JSONValue {
    let request = try SmartContainersCommand.tree.request(["container", "create"] + arguments)
    guard case .command(let parsed) = request else { throw UsageError("no command") }
    let command = try #require(parsed as? ContainerCreateCommand)
    return try command.options.specification(
      image: command.image, command: command.command, environment: shell
    ) { name in
      guard let text = files[name] else { throw UsageError("\(name) cannot be read") }
      return text
    }.json
  }

  @Test func takesVariablesOfTheShellAndOfFiles() throws {
    let json = try specification(
      ["-e", "A=B", "-e", "HOME", "-e", "NOWHERE", "--env-file", "f", "img"],
      shell: ["HOME": "/h"], files: ["f": "X=1\nNOWHERE\nHOME\n"])
    #expect(json["Env"]?.strings == ["X=1", "HOME=/h", "A=B", "HOME=/h", "NOWHERE"])
  }

  @Test func takesLabelsOfFiles() throws {
    let json = try specification(
      ["-l", "a=b", "--label", "e", "--label-file", "f", "img"], files: ["f": "a=z\nlf=1\nlg\n"])
    #expect(json["Labels"] == ["a": "b", "e": "", "lf": "1"])
  }

  @Test func everythingBehindTheImageIsTheCommand() throws {
    let json = try specification(["-w", "/w", "img", "ls", "-l", "-w", "--", "--help"])
    #expect(json["Cmd"]?.strings == ["ls", "-l", "-w", "--", "--help"])
    #expect(json["WorkingDir"] == "/w")
    #expect(json["Image"] == "img")
  }

  @Test func emptyEntryPointResetsTheImages() throws {
    #expect(try specification(["--entrypoint=", "img"])["Entrypoint"]?.strings == [""])
    #expect(try specification(["img"])["Entrypoint"] == nil)
  }

  @Test func exposesRangesOfPorts() throws {
    let json = try specification(["--expose", "10-11/udp", "-p", "80", "img"])
    #expect(json["ExposedPorts"] == ["10/udp": [:], "11/udp": [:], "80/tcp": [:]])
  }

  @Test func readsSeccompProfiles() throws {
    let json = try specification(
      ["--security-opt", "seccomp=p", "--security-opt", "seccomp=unconfined", "img"],
      files: ["p": "{ \"defaultAction\": \"SCMP_ACT_ALLOW\" }"])
    #expect(
      json["HostConfig"]?["SecurityOpt"]?.strings == [
        "seccomp={\"defaultAction\":\"SCMP_ACT_ALLOW\"}", "seccomp=unconfined",
      ])
  }

  @Test(arguments: [
    ["-e", "=A", "img"], ["-p", "99999", "img"], ["--mount", "x", "img"],
    ["--ulimit", "nofile", "img"], ["--restart", "on-failure:x", "img"], ["-l", "=v", "img"],
    ["--env-file", "nosuch", "img"], ["--security-opt", "seccomp=nosuch", "img"],
    ["--expose", "x", "img"], ["--no-healthcheck", "--health-retries", "2", "img"],
  ])
  func refusesWhatMakesNoSense(arguments: [String]) {
    #expect(throws: UsageError.self) { try specification(arguments) }
  }
}
