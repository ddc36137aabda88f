import Canonical
import Foundation
import SystemPackage
import TestSupport
import Testing

/// `sc remote`, `fetch`, `pull`, `push` and `clone`, with real servers and real git.
@Suite(.enabled(if: TestGitServer.isAvailable)) struct SharingCommandTests: SharingTesting {
  /// Sets something in git's configuration.
  private func configure(_ bench: Workbench, _ arguments: String...) async throws {
    try await Command.check(["git", "--git-dir", bench.history.string, "config"] + arguments)
  }

  @Test(arguments: [TestGitServer.Kind.http, .https, .ssh, .daemon])
  func pushesFetchesAndClonesOver(_ kind: TestGitServer.Kind) async throws {
    let server = try await TestGitServer(kind)
    let repository = try await server.makeRepository("lab")
    let (ada, bob) = (try await bench("Ada"), try await bench("Bob"))
    for bench in [ada, bob] {
      try await bench.check("remote", "add", "origin", server.url(of: "lab"))
    }
    let first = try await ada.sc("push", variables: server.variables)
    #expect(first.status == 0, "\(first.error)")
    #expect(first.error.contains("[new branch]  main -> main"))
    #expect(!first.error.contains(server.encodedPassword))
    // The second has begun by itself, and joins what is there.
    let second = try await bob.sc("push", variables: server.variables)
    #expect(second.status == 0, "\(second.error)")
    #expect(second.error.contains("was joined first"))
    let pull = try await ada.sc("pull", variables: server.variables)
    #expect(pull.output.hasPrefix("Fast-forward "), "\(pull.error)")
    #expect(try await tip(of: ada.history) == tip(of: repository))
    #expect(try await tip(of: bob.history) == tip(of: repository))
    #expect(
      try await ada.sc("push", variables: server.variables).error == "Everything up-to-date\n")

    let clone = try await ada.sc(
      "clone", server.url(of: "lab"), "copy", variables: server.variables)
    #expect(clone.status == 0, "\(clone.error)")
    let copy = ada.folder.path.pushing("copy/.sc")
    #expect(try await tip(of: copy) == tip(of: repository))
    let report = try await Command.run(["git", "--git-dir", copy.string, "fsck", "--strict"])
    #expect(report.status == 0)
    // Plain git does the same with the same remote.
    let plain = try await ada.run(
      ["git", "clone", "-q", "--bare", server.url(of: "lab"), "plain"],
      variables: server.variables)
    #expect(plain.status == 0, "\(plain.error)")
    #expect(try await tip(of: ada.folder.path.appending("plain")) == tip(of: repository))
  }

  @Test func managesRemotes() async throws {
    let bench = try await bench()
    try await bench.check("remote", "add", "origin", "https://ada:secret@example.org/x.git")
    try await bench.check("remote", "add", "lab", "../lab")
    #expect(try await bench.check("remote", "list") == "lab\norigin\n")
    #expect(try await bench.check("remote") == "lab\norigin\n")
    let list = try await bench.check("remote", "-v")
    #expect(list.contains("origin\thttps://ada@example.org/x.git (fetch)"))
    #expect(!list.contains("secret"))
    let lab = bench.folder.path.removingLastComponent().appending("lab")
    #expect(try await bench.check("remote", "get-url", "lab") == "\(lab)\n")
    try await bench.check("remote", "rename", "lab", "other")
    try await bench.check("remote", "set-url", "--push", "other", "git@example.org:x")
    #expect(try await bench.check("remote", "get-url", "--push", "other") == "git@example.org:x\n")
    #expect(try await bench.check("remote", "get-url", "other") == "\(lab)\n")
    try await bench.check("remote", "remove", "other")
    #expect(try await bench.json("remote", "list", "--json").array?.count == 1)
    for (arguments, message, status) in [
      (["remote", "add", "origin", "x"], "already exists", 1),
      (["remote", "add", "a b", "x"], "not a valid remote name", 1),
      (["remote", "add", "x", "ext::sh -c true"], "no address that can be reached", 2),
      (["remote", "remove", "nobody"], "no such remote: nobody", 1),
      (["fetch", "nobody"], "no such remote: nobody", 1),
      (["fetch", "--all", "origin"], "--all", 2),
    ] {
      let result = try await bench.run(
        [try Project.executable("sc").string] + arguments)
      #expect(result.status == Int32(status), "\(arguments): \(result.error)")
      #expect(result.error.contains(message), "\(arguments): \(result.error)")
    }
  }

  @Test func saysHowFarItIsFromItsRemote() async throws {
    let shared = try TemporaryFolder()
    let remote = shared.path.appending("x.git").string
    try await Command.check(["git", "init", "-q", "--bare", "-b", "main", remote])
    let (ada, bob) = (try await bench("Ada"), try await bench("Bob"))
    #expect(try await ada.sc("push").error.contains("sc remote add origin URL"))
    for bench in [ada, bob] { try await bench.check("remote", "add", "origin", remote) }
    let dry = try await ada.sc("push", "--dry-run")
    #expect(dry.error.contains("[new branch]"))
    #expect(try await Command.check(["git", "--git-dir", remote, "branch"]).isEmpty)
    try await ada.check("push")
    #expect(try await ada.json("status", "--json")["ahead"] == .integer(0))
    try await ada.check("config", "set", "agent.email", "ada@example.org")
    #expect(try await ada.check("status").contains("ahead of origin/main by 1 commit(s)"))
    try await bob.check("fetch")
    #expect(try await bob.json("push", "--dry-run", "--json").array?[0]["joined"] == .integer(1))
    #expect(try await bob.sc("push", "--no-merge").error.contains("sc pull joins them"))
    let fetched = try await ada.json("fetch", "--json")
    #expect(fetched == .array([]))
    #expect(try await bob.json("pull", "--json")["result"] == "merged")
    let status = try await bob.json("status", "--json")
    #expect(status["ahead"] == .integer(2))
    #expect(status["behind"] == .integer(0))
    #expect(status["upstream"] == "origin/main")
    try await bob.check("push", "--all")
    try await ada.check("push")
    try await Command.check(["git", "--git-dir", remote, "branch", "old", "main"])
    #expect(try await ada.sc("fetch").error.contains("[new branch]"))
    try await Command.check(["git", "--git-dir", remote, "branch", "-D", "old"])
    #expect(try await ada.sc("fetch", "--prune").error.contains("[deleted]"))
    #expect(try await ada.fsck().isEmpty)
  }

  @Test func asksWhatAPullWouldBring() async throws {
    let shared = try TemporaryFolder()
    let remote = shared.path.appending("x.git").string
    try await Command.check(["git", "init", "-q", "--bare", "-b", "main", remote])
    let (ada, bob) = (try await bench("Ada"), try await bench("Bob"))
    for bench in [ada, bob] { try await bench.check("remote", "add", "origin", remote) }
    let nothing = try await bob.sc("pull", "--dry-run")
    #expect(nothing.status == 0 && nothing.error.isEmpty)
    #expect(nothing.output == "Already up to date.\n")
    try await ada.check("push")
    let before = try await tip(of: bob.history)
    let dry = try await bob.sc("pull", "--dry-run")
    #expect(dry.status == 0 && dry.output.isEmpty, "\(dry.error)")
    #expect(dry.error.contains("[new branch]") && dry.error.contains("-> origin/main"))
    let json = try await bob.json("pull", "--dry-run", "--json")
    #expect(json["result"] == .null && json["commit"] == .null)
    #expect(json["branches"]?.array?.count == 1)
    let missing = try await bob.sc("pull", "--dry-run", "origin", "nosuch")
    #expect(missing.status == 1 && missing.error.contains("couldn't find remote branch nosuch"))
    // Nothing came, moved or was set.
    #expect(try await tip(of: bob.history) == before)
    #expect(
      try await Command.check(["git", "--git-dir", bob.history.string, "branch", "-r"]) == "")
    #expect(try await bob.json("status", "--json")["upstream"] == .null)
    try await bob.check("pull")
    #expect(try await bob.sc("pull", "--dry-run").error.isEmpty)
  }

  @Test func takesPasswordsFromHelpersAndNetrc() async throws {
    let server = try await TestGitServer(.http)
    try await server.makeRepository("lab")
    let bench = try await bench()
    try await bench.check("remote", "add", "origin", server.bareURL(of: "lab"))
    let refused = try await bench.sc("push")
    #expect(refused.status == 4)
    #expect(refused.error.contains("wants to know who asks"))
    // A helper that is wrong is asked three times, and told each time.
    try await configure(
      bench, "credential.helper",
      "!f() { cat >>\(bench.folder.path)/asked; echo action=$1 >>\(bench.folder.path)/asked; "
        + "if [ $1 = get ]; then echo username=ada; echo password=$(date +%N); fi; }; f")
    #expect(try await bench.sc("push").status == 4)
    let asked = try String(contentsOfFile: "\(bench.folder.path)/asked", encoding: .utf8)
    #expect(asked.components(separatedBy: "action=get").count == 4)
    #expect(asked.components(separatedBy: "action=erase").count == 4)
    try await configure(
      bench, "credential.helper",
      "!f() { echo username=ada; echo 'password=\(server.password)'; }; f")
    let pushed = try await bench.sc("push")
    #expect(pushed.status == 0, "\(pushed.error)")
    try await configure(bench, "--unset", "credential.helper")
    try bench.folder.write(
      "machine 127.0.0.1 login ada password \"\(server.password)\"\n", to: "home/.netrc",
      mode: 0o600)
    #expect(try await bench.sc("fetch").status == 0)
    // A proxy and header fields are those of git's configuration.
    try await configure(
      bench, "http.\(server.address)/git.proxy",
      "http://127.0.0.1:1")
    let proxied = try await bench.sc("fetch")
    #expect(proxied.status == 1)
    #expect(proxied.error.contains("proxy"), "\(proxied.error)")
  }

  @Test func givesUpOnAServerThatIsSilentOrCutsTheLine() async throws {
    let server = try await TestGitServer(.http)
    let repository = try await server.makeRepository("lab")
    let bench = try await bench()
    try await bench.check("remote", "add", "origin", server.url(of: "lab"))
    try await bench.check("push")
    let before = try await tip(of: repository)
    for number in 0..<5 { try await bench.check("config", "set", "agent.name", "Ada \(number)") }
    let upstream = server.address.dropFirst("http://".count)
    for arguments in [["mute"], ["stall", "300", "\(upstream)"], ["cut", "300", "\(upstream)"]] {
      let silent = try RunningCommand(
        ["/usr/bin/python3", Project.root.pushing("Tests/Servers/silent.py").string] + arguments)
      let place = try await silent.output { $0.hasSuffix("\n") }
        .trimmingCharacters(in: .whitespacesAndNewlines)
      try await bench.check(
        "remote", "set-url", "origin",
        server.url(of: "lab").replacingOccurrences(of: upstream, with: place))
      let result = try await bench.sc("--set", "remote.timeout=1", "push")
      #expect(result.status == 1, "\(arguments): \(result.error)")
      #expect(try await tip(of: repository) == before)
      silent.closeInput()
      _ = try await silent.result()
    }
    try await bench.check("remote", "set-url", "origin", server.url(of: "lab"))
    try await bench.check("push")
    #expect(try await tip(of: repository) == tip(of: bench.history))
  }

  @Test func honoursGitsOwnSettings() async throws {
    let shared = try TemporaryFolder()
    try await Command.check(
      ["git", "init", "-q", "--bare", "-b", "main", "x.git"], in: shared.path)
    let bench = try await bench()
    try await configure(bench, "url.\(shared.path)/.insteadOf", "lab:")
    try await bench.check("remote", "add", "origin", "lab:x.git")
    try await bench.check("push")
    #expect(try await tip(of: shared.path.appending("x.git")) == tip(of: bench.history))
    // The user's ssh is the one that git would run.
    try await shared.writeProgram(
      "#!/bin/sh\necho \"$@\" >\(shared.path)/words\nexit 255\n", to: "ssh")
    try await bench.check("remote", "add", "far", "ssh://me@host:2222/x y.git")
    try await configure(bench, "core.sshCommand", "\(shared.path)/ssh -v")
    #expect(try await bench.sc("fetch", "far").status == 1)
    #expect(
      try String(contentsOfFile: "\(shared.path)/words", encoding: .utf8)
        == "-v -p 2222 me@host git-upload-pack '/x y.git'\n")
    try await shared.writeProgram("#!/bin/sh\necho 'Permission denied' >&2\nexit 255\n", to: "no")
    let refused = try await bench.sc(
      "fetch", "far", variables: ["GIT_SSH_COMMAND": "\(shared.path)/no"])
    #expect(refused.status == 4)
    try await bench.check("remote", "set-url", "far", "ssh://-oProxyCommand=x/y")
    #expect(try await bench.sc("fetch", "far").error.contains("begins with a hyphen"))
  }

  @Test func pushesOfManyMachinesAtOnceAllArrive() async throws {
    let shared = try TemporaryFolder()
    let remote = shared.path.appending("x.git")
    try await Command.check(["git", "init", "-q", "--bare", "-b", "main", remote.string])
    let benches = try await withThrowingTaskGroup(of: Workbench.self) { group in
      for number in 0..<6 {
        group.addTask {
          let bench = try await self.bench("Machine \(number)")
          try await bench.check("remote", "add", "origin", remote.string)
          for round in 0..<3 {
            try await bench.check("config", "set", "agent.name", "Machine \(number) \(round)")
            try await bench.check("push", "--quiet")
          }
          return bench
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for bench in benches { try await bench.check("pull", "--quiet") }
    let tips = Set(try await benches.asyncMap { try await tip(of: $0.history) })
    #expect(tips.count == 1)
    let subjects = try await Command.check(
      ["git", "--git-dir", remote.string, "log", "--format=%s", "--no-merges", "main"])
    #expect(subjects.split(separator: "\n").count == 24)
  }
}

extension Sequence {
  func asyncMap<Value>(
    _ body: (Element) async throws -> Value
  ) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await body(element)) }
    return values
  }
}
