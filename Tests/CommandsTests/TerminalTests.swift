import Canonical
import TestSupport
import Testing

@testable import Arguments
@testable import Commands

/// What needs no engine: usage, settings, terminals and pipes.
struct TerminalTests {
  /// A library may still be loading on its own thread when a mistake ends the process.
  @Test func endsCleanlyWhileLibrariesLoad() async throws {
    let bench = try await Workbench()
    let sc = try Project.executable("sc").string
    let lines = "for i in $(seq 100); do \"$0\" container create 2>/dev/null; echo $?; done"
    let codes = try await bench.run(["bash", "-c", lines, sc])
    #expect(Set(codes.output.split(separator: "\n")) == ["2"])
  }

  @Test func everyCommandRefusesWhatItDoesNotKnow() async throws {
    let bench = try await Workbench()
    for (path, command) in SmartContainersCommand.tree.commands {
      let sc = [try Project.executable("sc").string]
      let refused = try await bench.run(sc + path + ["--nosuch"])
      #expect(refused.status == (path == ["run"] ? 125 : 2), "\(path)")
      #expect(refused.error.contains("See 'sc"), "\(path): \(refused.error)")
      #expect(refused.output.isEmpty)
      let help = try await bench.run(sc + path + ["--help"])
      #expect(help.status == 0)
      #expect(help.output.contains("Examples:\n  $ ") || command.parser == nil, "\(path)")
      #expect(help.error.isEmpty)
    }
  }

  @Test func usageAndPlacesHaveTheirExitCodes() async throws {
    let bench = try await Workbench()
    #expect(try await bench.sc().output.hasPrefix("Git for container provenance."))
    #expect(try await bench.sc("help", "log").output.contains("Usage: sc log"))
    #expect(try await bench.sc("--version").output.hasPrefix("sc version "))
    let wrong = try await bench.sc("logg")
    #expect(wrong.status == 2)
    #expect(
      wrong.error == "sc: sc has no command \"logg\"; did you mean sc log?\nSee 'sc --help'.\n")
    #expect(try await bench.sc("container", "create").status == 2)
    let away = try await bench.sc("--sc-dir", "/nonexistent", "log")
    #expect(away.status == 10)
    #expect(away.error.contains("sc init"))
    let unreachable = try await bench.sc("container", "ls")
    #expect(unreachable.status == 12)
    #expect(unreachable.error.contains("DOCKER_HOST"))
    #expect(try await bench.sc("status").output.contains("there is no socket"))
    let version = try await bench.sc("version", "--json")
    #expect(version.status == 12)
    #expect(try JSONValue(parsing: version.outputBytes)["engine"] == .null)
  }

  @Test func settingsHaveTheirPrecedence() async throws {
    let bench = try await Workbench()
    #expect(try await bench.sc("config", "get", "agent.name").status == 1)
    try await bench.check("config", "set", "--user", "agent.name", "User")
    #expect(try await bench.check("config", "get", "agent.name") == "User\n")
    try await bench.check("config", "set", "agent.name", "Repository")
    #expect(try await bench.check("config", "get", "agent.name") == "Repository\n")
    let variables = ["SC_AGENT_NAME": "Variable"]
    #expect(
      try await bench.sc("config", "list", "--show-origin", variables: variables).output
        == "environment\tagent.name=Variable\ndefault\tredaction.env=matching\n"
        + "default\tcontext.remote=refused\n"
        + "default\torcid.endpoint=https://pub.orcid.org/v3.0\n"
        + "default\tremote.timeout=120\n")
    #expect(
      try await bench.sc(
        "--set", "agent.name=Flag", "config", "list", "--json", variables: variables
      ).output.contains("\"origin\": \"flag\""))
    try await bench.check("config", "unset", "agent.name")
    #expect(try await bench.check("config", "get", "agent.name") == "User\n")
    try await bench.check("config", "unset", "--user", "agent.name")
    #expect(try await bench.sc("config", "get", "agent.name").status == 1)

    let wrong = try await bench.sc("config", "set", "agent.orcid", "0000-0002-1825-0098")
    #expect(wrong.status == 2)
    #expect(wrong.error.contains("the check character is 8, expected 7"))
    try await bench.check("config", "set", "agent.orcid", "0000-0002-1825-0097")
    let unknown = try await bench.sc("config", "set", "agent.nam", "x")
    #expect(unknown.status == 2)
    #expect(unknown.error.contains("expected agent.name, agent.email"))
  }

  @Test func bashOffersWhatCanComeNext() async throws {
    let bench = try await Workbench()
    let script = """
      source <("$0" completion bash); PATH=$(dirname "$0"):$PATH
      COMP_WORDS=(sc container cr); COMP_CWORD=2; _sc; echo "${COMPREPLY[*]}"
      COMP_WORDS=(sc image ls --format ''); COMP_CWORD=4; _sc; echo "${COMPREPLY[*]}"
      """
    let sc = try Project.executable("sc").string
    #expect(
      try await bench.run(["bash", "-c", script, sc]).output == "create\ntable json jsonl\n")
  }

  @Test func logKnowsItsSubjectsAndLayouts() async throws {
    let bench = try await Workbench()
    #expect(try await bench.sc("log").status == 0)
    #expect(try await bench.sc("log").output.isEmpty)
    #expect(try await bench.sc("show").status == 1)
    for name in ["A", "B", "C"] {
      try await bench.check(
        "--set", "agent.name=\(name)", "config", "set", "agent.email", "\(name)@b.c")
    }
    let git = try await bench.run([
      "git", "--git-dir", bench.history.string, "log", "--format=%H|%h|%s|%ae|%ct",
      "--abbrev=10",
    ])
    #expect(try await bench.check("log", "--format", "%H|%h|%s|%ae|%ct") == git.output)
    #expect(try await bench.check("log", "-1", "--format=%s%n%%") == "set agent.email\n%\n")
    #expect(try await bench.check("log", "-n1", "--author", "B@B").contains("B@b.c"))
    #expect(
      try await bench.check("log", "--since", "1 hour ago", "--oneline").split(separator: "\n")
        .count == 3)
    #expect(try await bench.check("log", "--until", "yesterday") == "")
    #expect(try await bench.check("log", "HEAD~1..", "--oneline").split(separator: "\n").count == 1)
    #expect(try await bench.check("log", "HEAD..HEAD~1") == "")
    let nothing = try await bench.sc("log", "nosuch")
    #expect(nothing.status == 1)
    #expect(nothing.error.contains("\"nosuch\" is no revision"))
    #expect(try await bench.sc("log", "--since", "bogus").status == 2)
  }

  @Test func colourAndPagerAreForTerminals() async throws {
    let bench = try await Workbench()
    try await bench.check("config", "set", "agent.email", "a@b.c")
    let yellow = "\u{1B}[33m"
    #expect(try await bench.sc("log", "--color", "always").output.hasPrefix(yellow))
    #expect(!(try await bench.sc("log")).output.contains("\u{1B}"))
    let piped = try await bench.sc("log", "--oneline", variables: ["SC_PAGER": "sed s/^/paged:/"])
    #expect(!piped.output.contains("paged:"))

    let line = "sc log --oneline"
    let paged = ["SC_PAGER": "sed s/^/paged:/", "PAGER": "false"]
    #expect(try await bench.terminal(line, variables: paged).output.hasPrefix("paged:" + yellow))
    #expect(
      try await bench.terminal(line, variables: ["PAGER": "sed s/^/other:/"]).output
        .hasPrefix("other:"))
    #expect(
      try await bench.terminal("sc --no-pager log --oneline", variables: paged).output
        .hasPrefix(yellow))
    for variables in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
      let plain = try await bench.terminal(
        line, variables: variables.merging(["SC_PAGER": "cat"]) { $1 })
      #expect(!plain.output.contains("\u{1B}") && plain.output.contains("set agent.email"))
    }
    let missing = try await bench.terminal(line, variables: ["SC_PAGER": "nosuchpager"])
    #expect(missing.output.contains("set agent.email"))
  }

  @Test func aReaderThatGoesAwayIsNoFailureToTell() async throws {
    let bench = try await Workbench()
    try await bench.check("config", "set", "agent.email", "a@b.c")
    let filling = String(repeating: "x", count: 100_000)
    let result = try await bench.shell(
      "sc log --format '%s\(filling)%n' | head -c 4; echo \" ${PIPESTATUS[0]}\"")
    #expect(result.output == "set  141\n")
    #expect(result.error == "")
    let full = try await bench.shell("sc log > /dev/full")
    #expect(full.status == 1)
    #expect(full.error == "sc: standard output cannot be written: No space left on device\n")
  }
}
