import Canonical
import Foundation
import SystemPackage
import TestSupport
import Testing

/// `sc remote`, `fetch`, `pull`, `push` and `clone`, with real servers and real git.
@Suite(.enabled(if: TestGitServer.isAvailable)) struct SharingCommandTests {
  /// A history with one commit.
  private func bench(_ name: String = "Ada") async throws -> Workbench {
    let bench = try await Workbench()
    try await bench.check("config", "set", "agent.name", name)
    return bench
  }

  /// Sets something in git's configuration.
  private func configure(_ bench: Workbench, _ arguments: String...) async throws {
    try await Command.check(["git", "--git-dir", bench.history.string, "config"] + arguments)
  }

  private func tip(of repository: FilePath) async throws -> String {
    try await Command.check(["git", "--git-dir", repository.string, "rev-parse", "main"])
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

  @Test func showsWhatARemotesHookSays() async throws {
    let shared = try TemporaryFolder()
    let remote = shared.path.appending("x.git")
    try await Command.check(["git", "init", "-q", "--bare", "-b", "main", remote.string])
    try await shared.writeProgram(
      "#!/bin/sh\nprintf 'no: \\033[31mred\\033[0m\\n' >&2\nexit 1\n", to: "x.git/hooks/pre-receive"
    )
    let bench = try await bench()
    try await bench.check("remote", "add", "origin", remote.string)
    let result = try await bench.sc("push")
    #expect(result.status == 1)
    #expect(result.error.contains("remote: no: "))
    #expect(!result.error.contains("\u{1B}"))
    #expect(result.error.contains("rejected the push to main"), "\(result.error)")
  }

  @Test func refusesARemoteThatIsNoHistory() async throws {
    let shared = try TemporaryFolder()
    let remote = shared.path.appending("project")
    let script = """
      set -e
      git init -q -b main \(remote) && cd \(remote)
      git config user.name x; git config user.email x@x
      mkdir activities; echo x >activities/notes.txt; ln -s /etc/passwd link
      git add -A; git commit -qm files
      """
    try await Command.check(["bash", "-c", script])
    let bench = try await bench()
    let before = try await tip(of: bench.history)
    try await bench.check("remote", "add", "origin", remote.string)
    let result = try await bench.sc("pull")
    #expect(result.status == 1)
    #expect(result.error.contains("the other history is refused"), "\(result.error)")
    #expect(try await tip(of: bench.history) == before)
    let clone = try await bench.sc("clone", remote.string, "copy")
    #expect(clone.status == 1)
    #expect(!FileManager.default.fileExists(atPath: "\(bench.folder.path)/copy/.sc"))
    let missing = try await bench.sc("clone", "/nonexistent/x.git", "copy")
    #expect(missing.status == 1)
    #expect(!FileManager.default.fileExists(atPath: "\(bench.folder.path)/copy/.sc"))
    let taken = try await bench.sc("clone", remote.string, ".")
    #expect(taken.error.contains("already exists"))
  }

  /// The pack is begun before the remote has said what it has: each of these is not as it was left.
  @Test(arguments: ["emptied", "has another branch", "takes no offsets"])
  func pushesToARemoteThatIsNotAsItWasLeft(_ change: String) async throws {
    let shared = try TemporaryFolder()
    let remote = shared.path.appending("x.git")
    let make = ["git", "init", "-q", "--bare", "-b", "main", remote.string]
    try await Command.check(make)
    let bench = try await bench()
    try await bench.check("remote", "add", "origin", remote.string)
    try await bench.check("push")
    switch change {
    case "emptied":
      try FileManager.default.removeItem(atPath: remote.string)
      try await Command.check(make)
    case "has another branch":
      try await Command.check(["git", "--git-dir", remote.string, "branch", "old", "main"])
      try await bench.check("config", "set", "agent.email", "old@example.org")
      try await Command.check([
        "git", "--git-dir", bench.history.string, "push", "-q", remote.string, "main:newer",
      ])
    default:
      try await Command.check([
        "git", "--git-dir", remote.string, "config", "repack.useDeltaBaseOffset", "false",
      ])
    }
    try await bench.check("config", "set", "agent.email", "ada@example.org")
    let push = try await bench.sc("push")
    #expect(push.status == 0, "\(push.error)")
    #expect(try await tip(of: remote) == tip(of: bench.history))
    try await Command.check(["git", "--git-dir", remote.string, "fsck", "--strict"])
    #expect(try await bench.sc("push").error == "Everything up-to-date\n")
  }

  /// A wrong address is enough to push to somebody's program.
  @Test func joinsNothingThatIsNoHistory() async throws {
    let bench = try await bench()
    let folder = bench.folder.path
    let code = folder.appending("code.git").string
    for arguments in [
      ["init", "-q", "--bare", "-b", "main", code], ["clone", "-q", code, "\(folder)/work"],
      [
        "-C", "\(folder)/work", "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q",
        "--allow-empty", "-m", "begin",
      ], ["-C", "\(folder)/work", "push", "-q", "origin", "HEAD:main"],
    ] {
      try await Command.check(["git"] + arguments)
    }
    let before = try await tip(of: bench.history)
    try await bench.check("remote", "add", "origin", code)
    for arguments in [["push"], ["pull"], ["clone", code, "copy"]] {
      let result = try await bench.run([try Project.executable("sc").string] + arguments)
      #expect(result.status == 1)
      #expect(result.error.contains("the other branch is no history"), "\(result.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/copy"))
    #expect(try await tip(of: bench.history) == before)
    try await bench.check("push", "origin", "provenance")
    try await bench.check("clone", "--branch", "provenance", code, "copy")
    #expect(try await tip(of: folder.pushing("copy/.sc")) == before)
    #expect(
      try await Command.check(["git", "--git-dir", code, "rev-list", "--count", "main"]) == "1\n")
  }

  @Test func namesBranchesAsGitDoes() async throws {
    let bench = try await bench()
    let remote = bench.folder.path.appending("x.git").string
    try await Command.check(["git", "init", "-q", "--bare", "-b", "main", remote])
    try await bench.check("remote", "add", "origin", remote)
    for name in ["HEAD", "refs/heads/main", "@"] { try await bench.check("push", "origin", name) }
    #expect(
      try await Command.check(["git", "--git-dir", remote, "for-each-ref", "--format=%(refname)"])
        == "refs/heads/main\n")
    for name in ["+main", "main:other", "a..b", "a b", ""] {
      let push = try await bench.sc("push", "origin", name)
      #expect(push.status == 1)
      #expect(push.error.contains("'\(name)' is not a valid branch name"))
    }
    let pull = try await bench.sc("pull", "origin", "other")
    #expect(pull.error.contains("couldn't find remote branch other"))
    #expect(pull.error.contains("The remote has main"))
  }

  @Test func followsTheOnlyBranchThatThereIs() async throws {
    let bench = try await bench()
    let remote = bench.folder.path.appending("x.git").string
    try await Command.check(["git", "init", "-q", "--bare", "-b", "master", remote])
    try await bench.check("remote", "add", "origin", remote)
    try await bench.check("push", "origin", "master")
    try await bench.check("clone", remote, "copy")
    #expect(
      try await bench.check("--sc-dir", "copy/.sc", "status").contains(
        "up to date with origin/master"))
    try await Command.check(["git", "--git-dir", remote, "branch", "other", "master"])
    let clone = try await bench.sc("clone", remote, "second")
    #expect(clone.error.contains("The remote has master, other"))
    #expect(!FileManager.default.fileExists(atPath: "\(bench.folder.path)/second"))
  }

  @Test func goesOnWithTheOtherRemotes() async throws {
    let bench = try await bench()
    let remote = bench.folder.path.appending("x.git").string
    try await Command.check(["git", "init", "-q", "--bare", "-b", "main", remote])
    try await bench.check("remote", "add", "absent", "/nonexistent/x.git")
    try await bench.check("remote", "add", "good", remote)
    let push = try await bench.sc("push", "--all", "--json")
    #expect(push.status == 1)
    #expect(push.error.contains("sc: absent: "))
    #expect(push.error.contains("1 of 2 remotes failed"))
    #expect(push.output.contains("\"remote\": \"good\""))
    #expect(try await tip(of: FilePath(remote)) == tip(of: bench.history))
    #expect(try await bench.sc("fetch", "--all").error.contains("1 of 2 remotes failed"))
    // Where a branch was last seen is only remembered.
    let tracking = bench.history.pushing("refs/remotes/good/main").string
    try Data().write(to: URL(filePath: tracking))
    #expect(try await bench.sc("status").status == 0)
    #expect(try await bench.sc("push", "good").error == "Everything up-to-date\n")
    #expect(try await bench.fsck().isEmpty)
  }

  @Test func fetchesIntoAFolderOfAnyName() async throws {
    let bench = try await bench()
    let remote = bench.folder.path.appending("x.git").string
    try await Command.check(["git", "init", "-q", "--bare", "-b", "main", remote])
    try await bench.check("remote", "add", "origin", remote)
    try await bench.check("push")
    let copy = "copié: \"of\\ it"
    try await bench.check("clone", "file://\(remote)", copy)
    try await bench.check("config", "set", "agent.name", "Eve")
    try await bench.check("push")
    // What comes is told apart from what is there.
    try await bench.check("--sc-dir", "\(copy)/.sc", "pull")
    let history = bench.folder.path.appending(copy).appending(".sc")
    #expect(try await tip(of: history) == tip(of: bench.history))
    let left = try FileManager.default.contentsOfDirectory(
      atPath: history.appending("objects").string)
    #expect(!left.contains { $0.hasPrefix("tmp_") })
  }

  @Test func prunesWhatStandsInTheWay() async throws {
    let bench = try await bench()
    let remote = bench.folder.path.appending("x.git").string
    try await Command.check(["git", "init", "-q", "--bare", "-b", "main", remote])
    try await bench.check("remote", "add", "origin", remote)
    try await bench.check("push")
    try await Command.check(["git", "--git-dir", remote, "branch", "x", "main"])
    try await bench.check("fetch")
    try await Command.check(["git", "--git-dir", remote, "branch", "-m", "x", "x/y"])
    let fetch = try await bench.sc("fetch")
    #expect(fetch.status == 1)
    #expect(fetch.error.contains("sc fetch --prune"))
    let pruned = try await bench.sc("fetch", "--prune")
    #expect(pruned.status == 0, "\(pruned.error)")
    #expect(pruned.error.contains("-> origin/x/y"))
  }

  /// A pointer may say of its content what it likes.
  @Test func addsUpSizesThatNothingHas() async throws {
    let bench = try await bench()
    let folder = bench.folder.path
    for name in ["first", "second"] {
      try await Command.check(["git", "init", "-q", "--bare", "-b", "main", "\(folder)/\(name)"])
      try await bench.check("remote", "add", name, "\(folder)/\(name)")
    }
    try await bench.check("push", "first")
    let script = """
      set -e
      export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@x
      cd first; export GIT_INDEX_FILE=$PWD/index; git read-tree main
      for a in 0 1; do
        o=$(printf %064d 0 | tr 0 $a)
        b=$({ echo version https://git-lfs.github.com/spec/v1; echo oid sha256:$o
          echo size 9223372036854775807; } | git hash-object -w --stdin)
        git update-index --add --cacheinfo 100644,$b,content/$a$a/$o.tar
      done
      git update-ref refs/heads/main $(git commit-tree -p main -m x $(git write-tree))
      """
    try await Command.check(["bash", "-c", script], in: folder)
    try await bench.check("pull", "first")
    for arguments in [["fetch", "--content"], ["push", "--content"], ["push", "second"]] {
      let result = try await bench.run([try Project.executable("sc").string] + arguments)
      #expect(result.status < 128, "\(arguments): \(result.error)")
    }
    // A remote may yet have it.
    #expect(try await bench.sc("verify").status == 0)
    for name in ["first", "second"] { try await bench.check("remote", "remove", name) }
    let verified = try await bench.sc("verify")
    #expect(verified.status == 1)
    #expect(verified.error.contains("2 pieces of kept content are not here, and no remote"))
  }

  /// What will not pass is not tried again.
  @Test func asksOnceWhatIsRefusedForGood() async throws {
    let bench = try await bench()
    let remote = bench.folder.path.appending("work").string
    try await Command.check(["git", "init", "-q", "-b", "main", remote])
    try await bench.check("remote", "add", "origin", remote)
    let push = try await bench.sc("push")
    #expect(push.status == 1)
    #expect(push.error.contains("branch is currently checked out"))
    #expect(push.error.split(separator: "\n").count { $0.contains("denyCurrentBranch") } == 2)
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
