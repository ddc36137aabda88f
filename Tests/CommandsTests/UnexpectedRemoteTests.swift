import Foundation
import SystemPackage
import TestSupport
import Testing

/// Remotes that are not as they were left, or not what they were taken for.
@Suite struct UnexpectedRemoteTests: SharingTesting {
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

  /// A remote's hooks and housekeeping come after its verdict: only what they say is waited for.
  @Test func notesWhatARemoteTookBeforeItsHooksEnd() async throws {
    let bench = try await bench()
    let remote = try await makeRemote(in: bench)
    let tracking = bench.history.pushing("refs/remotes/origin/main")
    let hook = """
      #!/bin/sh
      for i in $(seq 100); do [ -e '\(tracking)' ] && { echo noted; exit; }; sleep 0.1; done
      """
    try await bench.folder.writeProgram(hook, to: "x.git/hooks/post-receive")
    let push = try await bench.sc("push")
    #expect(push.status == 0)
    #expect(push.error.contains("remote: noted"), "\(push.error)")
    #expect(try await tip(of: remote) == tip(of: bench.history))
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
    let remote = try await makeRemote(in: bench).string
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
    let remote = try await makeRemote(in: bench, branch: "master").string
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

  @Test func missesABranchThatIsGone() async throws {
    let bench = try await bench()
    let remote = try await makeRemote(in: bench)
    #expect(try await bench.sc("pull").status == 0)
    try await bench.check("push")
    try await Command.check([
      "git", "--git-dir", remote.string, "update-ref", "-d", "refs/heads/main",
    ])
    for arguments in [["pull"], ["pull", "--dry-run"], ["pull", "origin", "main"]] {
      let pull = try await bench.run([try Project.executable("sc").string] + arguments)
      #expect(pull.status == 1)
      #expect(pull.error.contains("origin no longer has the branch main"), "\(pull.error)")
      #expect(pull.error.contains("sc push origin main brings it back"))
    }
    try await bench.check("push")
    #expect(try await tip(of: remote) == tip(of: bench.history))
    try await bench.check("pull")
    // What was fetched and not joined is brought back by what the hint says.
    let other = try await self.bench("Eve")
    try await other.check("remote", "add", "origin", remote.string)
    try await other.check("push")
    try await bench.check("fetch")
    let there = try await tip(of: remote)
    try await Command.check([
      "git", "--git-dir", remote.string, "update-ref", "-d", "refs/heads/main",
    ])
    let pull = try await bench.sc("pull")
    let words = pull.error.split(separator: " ").map(String.init)
    let start = try #require(words.firstIndex(of: "git"), "\(pull.error)")
    try await Command.check(Array(words[start..<start + 5]))
    #expect(try await tip(of: remote) == there)
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
    let remote = try await makeRemote(in: bench).string
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
    let remote = try await makeRemote(in: bench).string
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
}
