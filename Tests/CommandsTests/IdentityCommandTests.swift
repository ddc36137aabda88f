import Foundation
import SystemPackage
import TestSupport
import Testing

/// Who somebody is: settings as documents, the ORCID iD, and the questions at the first use.
struct IdentityCommandTests {
  private let bench: Workbench

  init() async throws { bench = try await Workbench() }

  private static let id = "0000-0002-1825-0097"
  private static let answers = Project.root.pushing("Tests/CommandsTests/ORCID")

  private func settings(_ variables: [String: String] = [:]) async throws -> [String: String] {
    let list = try await bench.sc("config", "list", variables: variables).output
    return Dictionary(
      list.split(separator: "\n").map { line in
        let halves = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(halves[0]), String(halves[1]))
      }, uniquingKeysWith: { $1 })
  }

  private func ask(
    _ kind: String, serving file: String = "record.json", id: String = id, _ options: String...
  ) async throws -> Command.Result {
    let web = try await TestWeb(serving: Self.answers.appending(file))
    return try await bench.run(
      [Project.executable("sc").string, "config", "orcid"] + options + [id],
      variables: ["SC_ORCID_ENDPOINT": web.url("/orcid/\(kind)")])
  }

  @Test(arguments: [("json", "record.json"), ("turtle", "record.ttl")])
  func orcidTellsTheName(_ kind: String, _ file: String) async throws {
    let result = try await ask(kind, serving: file)
    #expect(result.status == 0, "\(result.error)")
    let settings = try await settings()
    #expect(settings["agent.orcid"] == "https://orcid.org/\(Self.id)")
    #expect(settings["agent.name"] == "Josiah Carberry")
    #expect(settings["agent.organization"] == (kind == "json" ? "Brown University" : nil))
    // What a user said stays.
    try await bench.check("config", "set", "agent.name", "J. C.")
    let again = try await ask(kind, serving: file)
    #expect(again.error.contains("yours is kept: J. C."))
    #expect(try await self.settings()["agent.name"] == "J. C.")
  }

  @Test func aWrongCheckDigitIsNotAsked() async throws {
    let wrong = try await ask("json", id: "0000-0002-1825-0098")
    #expect(wrong.status == 2 && wrong.error.contains("check character"))
    let missing = try await ask("missing")
    #expect(missing.status == 1 && missing.error.contains("ORCID knows no"))
    #expect(try await settings()["agent.orcid"] == nil)
  }

  @Test(arguments: ["broken", "endless", "none"])
  func theIdAloneIsSetWhereOrcidIsNotReached(_ kind: String) async throws {
    let result =
      kind == "none"
      ? try await bench.sc(
        "config", "orcid", Self.id, variables: ["SC_ORCID_ENDPOINT": "http://127.0.0.1:1"])
      : try await ask(kind)
    #expect(result.status == 0, "\(result.error)")
    #expect(result.error.contains("the iD alone is set"))
    #expect(try await settings()["agent.orcid"] == "https://orcid.org/\(Self.id)")
    #expect(try await settings()["agent.name"] == nil)
  }

  @Test func aServerThatIsSilentIsGivenUp() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try await ask("mute")
    #expect(result.status == 0 && result.error.contains("the iD alone is set"))
    #expect(clock.now - start < .seconds(300))
  }

  @Test(arguments: [
    #"{"orcid-identifier":{"path":"0000-0001-5109-3700"},"person":{"name":{}}}"#,
    #"{"orcid-identifier":5}"#, "[]", "<html></html>", "\u{0}",
    String(repeating: "[", count: 100_000),
  ])
  func aHostileAnswerIsNoName(_ answer: String) async throws {
    try bench.folder.write(answer, to: "answer")
    let web = try await TestWeb(serving: bench.folder.path.appending("answer"))
    for kind in ["json", "turtle"] {
      let result = try await bench.sc(
        "config", "orcid", Self.id, variables: ["SC_ORCID_ENDPOINT": web.url("/orcid/\(kind)")])
      #expect(result.status == 0 && result.error.contains("the iD alone is set"), "\(result.error)")
    }
    #expect(try await settings()["agent.name"] == nil)
  }

  @Test func escapesInANameNeverReachTheTerminal() async throws {
    let path = #"{"orcid-identifier":{"path":"\#(Self.id)"},"person":{"name":"#
    try bench.folder.write(
      path + #"{"given-names":{"value":"\u001b[31mEve"}}}}"#, to: "answer")
    let web = try await TestWeb(serving: bench.folder.path.appending("answer"))
    let result = try await bench.sc(
      "config", "orcid", Self.id, variables: ["SC_ORCID_ENDPOINT": web.url("/orcid/json")])
    #expect(result.status == 0)
    #expect(!(result.output + result.error).contains("\u{1b}"))
    #expect(try await settings()["agent.name"] == nil)
  }

  @Test func settingsGoFromDocumentToDocument() async throws {
    // The original kept what ORCID gave.
    let original = Self.answers.appending("record.ttl").string
    try await bench.check("config", "import", original)
    #expect(try await settings()["agent.name"] == "Josiah Carberry")
    try await bench.check("config", "set", "agent.organization", "Brown University")
    try await bench.check("config", "set", "agent.email", "josiah@example.org")
    for format in ["jsonld", "expanded", "turtle"] {
      let text = try await bench.check("config", "export", "--format", format)
      #expect(text.contains("josiah@example.org"))
      let other = try await Workbench()
      let imported = try await other.sc("config", "import", "-", input: text)
      #expect(imported.status == 0, "\(format): \(imported.error)")
      #expect(try await other.check("config", "list") == bench.check("config", "list"))
      // For one command alone nothing is kept.
      let third = try await Workbench()
      try third.folder.write(text, to: "settings")
      let given = try await third.check("--config", "settings", "config", "list", "--show-origin")
      #expect(given.contains("file\tagent.name=Josiah Carberry"))
      let byVariable = try await third.sc(
        "config", "get", "agent.email", variables: ["SC_CONFIG": "settings"])
      #expect(byVariable.output == "josiah@example.org\n")
      #expect(try await third.check("log").isEmpty)
      #expect(try await third.sc("config", "get", "agent.name").status == 1)
    }
  }

  @Test func twoPeopleAreNeverMixed() async throws {
    try await bench.check("config", "import", Self.answers.appending("record.ttl").string)
    try await bench.check("config", "set", "agent.email", "josiah@example.org")
    let foaf = "@prefix f: <http://xmlns.com/foaf/0.1/> . "
    func take(_ text: String) async throws -> Command.Result {
      try await bench.sc("config", "import", "-", input: foaf + text)
    }
    let wrong = try await take("<https://orcid.org/0000-0002-1825-0098> a f:Person; f:name 'X' .")
    #expect(wrong.status == 2 && wrong.error.contains("check character"))
    let two = try await take("[] a f:Person; f:name 'A' . [] a f:Person; f:name 'B' .")
    #expect(two.status == 2 && two.error.contains("describes 2 people"))
    let eve = "[] a f:Person; f:name 'Eve' ."
    try bench.folder.write(foaf + eve, to: "eve.ttl")
    for arguments in [["--config", "eve.ttl"], []] {
      if arguments.isEmpty { #expect(try await take(eve).status == 0) }
      let list = try await bench.run(
        [Project.executable("sc").string] + arguments + ["config", "list"])
      #expect(list.output.contains("agent.name=Eve\n"))
      #expect(!list.output.contains("agent.orcid") && !list.output.contains("agent.email"))
    }
  }

  @Test func anInterruptionEndsTheWaitForADocument() async throws {
    let waiting = try await bench.shell(
      "mkfifo pipe; timeout -s INT 1 sc --config pipe config list; echo $?; "
        + "sleep 5 | timeout -s INT 1 sc config import -; echo $?")
    // timeout(1) ends with 124 when the time is up, and sc ended at once.
    #expect(waiting.output == "124\n124\n", "\(waiting.error)")
  }

  @Test(arguments: [
    ("<http://a> <http://b", "line 1: "), ("{\"a\":", "invalid JSON"), ("{}", "sets nothing"),
    (
      #"{"https://w3id.org/daspos/smartcontainers#agentORCID":"0000-0002-1825-0098"}"#,
      "agent.orcid: "
    ),
    (#"{"@context":"https://example.org/c"}"#, "/@context"),
  ])
  func whatIsNoDocumentOfSettingsIsRefused(_ text: String, _ message: String) async throws {
    try bench.folder.write(text, to: "settings")
    for arguments in [
      ["config", "import", "settings"], ["--config", "settings", "config", "list"],
    ] {
      let result = try await bench.run([Project.executable("sc").string] + arguments)
      #expect(result.status == 2 && result.error.hasPrefix("sc: settings"), "\(result.error)")
      #expect(result.error.contains(message), "\(result.error)")
    }
    #expect(try await bench.check("log").isEmpty)
  }

  @Test func settingsAreEditedAsAWhole() async throws {
    try await bench.check("config", "set", "agent.name", "Ada")
    try await bench.check("config", "set", "agent.organization", "Lab")
    func edit(_ script: String) async throws -> Command.Result {
      try await bench.sc("config", "edit", variables: ["VISUAL": script])
    }
    #expect(
      try await edit("sed -i -e s/Ada/Eve/ -e '/agentOrg/d' -e 's/Eve\",/Eve\"/'").status == 0)
    let changed = try await settings()
    #expect(changed["agent.name"] == "Eve" && changed["agent.organization"] == nil)
    #expect(try await edit("true").error == "sc: nothing was changed\n")
    #expect(try await edit("false").status == 2)
    let mistyped = try await edit("sed -i s/agentName/agentNmae/")
    #expect(mistyped.status == 2 && mistyped.error.contains("agentNmae is no setting"))
    let broken = try await edit("sed -i s/{/[/")
    #expect(broken.status == 2 && broken.error.contains("what you wrote is in /"))
    #expect(try await settings() == changed)
    // A description from the web is no policy.
    let sneaky =
      #"{"@id":"http://e","https://w3id.org/daspos/smartcontainers#contextRemote":"allowed","#
    let imported = try await bench.sc(
      "config", "import", "-",
      input: sneaky + #""https://w3id.org/daspos/smartcontainers#agentName":"Eve"}"#)
    #expect(imported.status == 0)
    #expect(try await settings()["context.remote"] == "refused")
    #expect(
      try await edit("sed -i -e /agentName/d -e 's/Configuration\",/Configuration\"/'").status == 0)
    #expect(try await settings()["agent.name"] == nil)
  }

  @Test func aNewUserIsAskedOnceAndOnlyAtATerminal() async throws {
    let web = try await TestWeb(serving: Self.answers.appending("record.json"))
    let fresh = bench.folder.path.appending("fresh").string
    let variables = ["SC_HOME": fresh, "SC_ORCID_ENDPOINT": web.url("/orcid/json")]
    let silent = try await bench.sc("init", "silent", variables: variables)
    #expect(silent.status == 0 && silent.error.isEmpty)
    let sc = try Project.executable("sc").string
    let asked = try await bench.run(
      Typist.words(
        [sc, "init", "asked"],
        [
          .expect("ORCID iD, if you have one: "), .type("0000-0002-1825-0098\n"),
          .expect("check character"), .expect("ORCID iD, if you have one: "),
          .type("\(Self.id)\n"), .expect("Josiah Carberry"), .expect("e-mail address: "),
          .type("josiah@example.org\n"), .expect("at any time"),
        ]), variables: variables)
    #expect(asked.status == 0, "\(asked.output) \(asked.error)")
    #expect(!asked.output.contains("Your name: "))
    let settings = try await settings(variables)
    #expect(settings["agent.name"] == "Josiah Carberry")
    #expect(settings["agent.email"] == "josiah@example.org")
    let again = try await bench.run(
      Typist.words([sc, "init", "again"], [.expect("Initialized empty")]), variables: variables)
    #expect(again.status == 0 && !again.output.contains("Three questions"))
    // The original kept what ORCID gave.
    try bench.folder.write(
      String(contentsOfFile: Self.answers.appending("record.ttl").string, encoding: .utf8),
      to: "old/sc.config")
    let old = ["SC_HOME": bench.folder.path.appending("old").string]
    let taken = try await bench.run(
      Typist.words([sc, "init", "taken"], [.expect("taken over")]), variables: old)
    #expect(taken.status == 0 && !taken.output.contains("Three questions"))
    #expect(try await self.settings(old)["agent.name"] == "Josiah Carberry")
    let passing = ["SC_HOME": fresh + "-2"]
    let passed = try await bench.run(
      Typist.words(
        [sc, "init", "passed"],
        [
          .expect("one: "), .type("\n"), .expect("name: "), .type("\n"), .expect("address: "),
          .type("\n"), .expect("at any time"),
        ]), variables: passing)
    #expect(passed.status == 0, "\(passed.output) \(passed.error)")
    #expect(FileManager.default.fileExists(atPath: fresh + "-2/config.json"))
  }

  /// Several people on one machine, and several hosts of one person: git's author and committer.
  @Test(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
  func peopleAreToldApartInTheLog() async throws {
    let engine = try await TestEngine.shared()
    let image = try await engine.image("people")
    let people = [("Ada", "ada@example.org"), ("Eve", "eve@example.org")]
    for (name, email) in people {
      let made = try await bench.sc(
        "--set", "agent.name=\(name)", "--set", "agent.email=\(email)", "image", "tag", image,
        "\(Workbench.name("of")):1", variables: engine.variables)
      #expect(made.status == 0, "\(made.error)")
    }
    let account = try await bench.check("log", "-n", "1", "--format", "%cn <%ce>")
    #expect(account.contains("@") && !account.contains("example.org"))
    let host = try #require(account.split(separator: "@").last?.dropLast(2))
    let onHost = try await bench.check("log", "--author", "@\(host)", "--format", "%an")
    #expect(onHost == "Eve\nAda\n")
    #expect(try await bench.check("log", "--author", "@elsewhere").isEmpty)
    for (name, email) in people {
      for author in [name, email] {
        let log = try await bench.check("log", "--author", author, "--format", "%an")
        #expect(log.split(separator: "\n").count == 1 && log.contains(name))
      }
    }
  }
}
