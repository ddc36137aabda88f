import Canonical
import Foundation
import SystemPackage
import TestSupport
import Testing

/// Large content of `sc push`, `clone` and `fetch --content`, with a real server of Git LFS and the
/// real git-lfs.
@Suite(.enabled(if: TestGitServer.hasLFS)) struct ContentSharingTests: ContentTesting {
  /// What git with git-lfs's filter checks out.
  private func checkOut(
    _ remote: FilePath, to name: String, _ bench: Workbench, _ url: String? = nil
  ) async throws -> FilePath {
    let folder = bench.folder.path.appending(name)
    let script = """
      set -e
      \(Self.filters(url))
      git clone -q \(remote) \(folder)
      """
    let result = try await bench.run(["bash", "-c", script])
    #expect(result.status == 0, "\(result.error)")
    return folder
  }

  /// The user's settings that git-lfs wants.
  private static func filters(_ url: String?) -> String {
    var script = """
      git lfs install --skip-repo >/dev/null
      git config --global user.name x; git config --global user.email x@x
      git config --global lfs.locksverify false
      """
    if let url { script += "\ngit config --global lfs.url '\(url)'" }
    return script
  }

  @Test func realGitLFSGetsWhatWasPushedAndWeGetWhatItPushed() async throws {
    let server = try await TestGitServer(.lfs)
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let url = server.url(of: "x")
    let (ada, bob) = try await pair(remote, url)
    let contents = [bytes(3_000_001), bytes(1), bytes(70_000)]
    var paths: [String] = []
    for content in contents { paths.append(try await ada.keep(content)) }
    let dry = try await ada.json("push", "--dry-run", "--json").array?[0]["content"]
    #expect(dry?["uploaded"]?.array?.count == 3)
    #expect(try await tipIfAny(of: remote) == nil)
    let push = try await ada.sc("push")
    #expect(push.status == 0, "\(push.error)")
    #expect(push.error.contains("Uploaded 3 object(s) of content"))
    #expect(try await ada.sc("push").error == "Everything up-to-date\n")

    let work = try await checkOut(remote, to: "work", ada, url)
    for (path, content) in zip(paths, contents) {
      let file = work.pushing(FilePath(path)).string
      #expect(Workbench.isFile(file, content))
    }

    let foreign = bytes(400_000)
    let name = SHA256Digest(of: foreign).hexadecimal
    try Data(foreign).write(to: URL(filePath: "\(work)/content/\(name).tar"))
    let script = "cd \(work) && git add -A && git commit -qm more && git push -q origin main 2>&1"
    let pushed = try await ada.run(["bash", "-c", script])
    #expect(pushed.status == 0, "\(pushed.output)")

    try await bob.check("pull")
    #expect(!Workbench.has(foreign, in: bob.history))
    let list = try await bob.json("fetch", "--content", "--dry-run", "--json")
    #expect(list["wanted"]?.array?.count == 4)
    #expect(!Workbench.has(foreign, in: bob.history))
    let fetch = try await bob.sc("fetch", "--content")
    #expect(fetch.status == 0 && fetch.error.contains("Fetched 4 object(s)"), "\(fetch.error)")
    for content in contents + [foreign] {
      #expect(Workbench.has(content, in: bob.history))
    }
    #expect(bob.incoming.isEmpty)
    #expect(try await bob.sc("fetch", "--content").error == "All content is here.\n")
    #expect(try await bob.fsck().isEmpty)
  }

  @Test func foldersAreServedWithoutAServer() async throws {
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let (ada, bob) = try await pair(remote)
    let content = bytes(600_000)
    let path = try await ada.keep(content)
    try await ada.check("push")
    #expect(Workbench.has(content, in: remote))
    // Whoever shares the remote may add to it.
    let modes = try await Command.check(
      ["find", "\(remote)/lfs", "-type", "d", "-printf", "%m\n"])
    #expect(Set(modes.split(separator: "\n")) == ["2775"])
    let work = try await checkOut(remote, to: "work", ada)
    let file = work.pushing(FilePath(path)).string
    #expect(Workbench.isFile(file, content))
    let foreign = bytes(300_000)
    try Data(foreign).write(to: URL(filePath: "\(work)/content/foreign.tar"))
    let script = "cd \(work) && git add -A && git commit -qm more && git push -q origin main 2>&1"
    let pushed = try await ada.run(["bash", "-c", script])
    #expect(pushed.status == 0, "\(pushed.output)")
    let clone = try await bob.sc("clone", "file://\(remote)", "copy")
    #expect(clone.status == 0, "\(clone.error)")
    let copy = bob.folder.path.pushing("copy/.sc")
    #expect(try await bob.sc("--sc-dir", copy.string, "fetch", "--content").status == 0)
    for content in [content, foreign] {
      #expect(Workbench.has(content, in: copy))
    }
    // Damage of either side is not spread.
    let damaged = bytes(50_000)
    try await ada.check("pull")
    let other = try await ada.keep(damaged)
    try ada.put([UInt8](repeating: 0, count: 50_000), as: SHA256Digest(of: damaged).hexadecimal)
    let before = try await tipIfAny(of: remote)
    let refused = try await ada.sc("push")
    #expect(refused.status == 1 && refused.error.contains(other), "\(refused.error)")
    #expect(refused.error.contains("damaged here"))
    #expect(try await tipIfAny(of: remote) == before)
    #expect(!Workbench.has(damaged, in: remote))
  }

  @Test func asksForAPasswordOnlyWhereOneIsWanted() async throws {
    let server = try await TestGitServer(.lfsWithPassword)
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let plain = server.url(of: "x").replacingOccurrences(
      of: "\(server.user):\(server.encodedPassword)@", with: "")
    let (ada, bob) = try await pair(remote, plain)
    let content = bytes(200_000)
    try await ada.keep(content)
    let refused = try await ada.sc("push")
    #expect(refused.status == 4, "\(refused.error)")
    // Nobody gets a pointer without its bytes.
    #expect(try await tipIfAny(of: remote) == nil)
    try await ada.configure(
      "credential.helper", "!f() { echo username=ada; echo 'password=\(server.password)'; }; f")
    let pushed = try await ada.sc("push")
    #expect(pushed.status == 0, "\(pushed.error)")
    try await bob.check("pull")
    #expect(try await bob.sc("fetch", "--content").status == 4)
    try await bob.configure("lfs.url", server.url(of: "x"))
    let fetched = try await bob.sc("fetch", "--content")
    #expect(fetched.status == 0 && !fetched.error.contains(server.encodedPassword))
    #expect(Workbench.has(content, in: bob.history))
  }

  @Test func takesNoPasswordToAnotherServer() async throws {
    let server = try await TestGitServer(.lfsWithPassword)
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let moved = server.url(of: "x").replacingOccurrences(of: "/lab/", with: "/moved/lab/")
    let ada = try await pair(remote, moved).ada
    try await ada.keep(bytes(1000))
    #expect(try await ada.sc("push").status == 4)
    let asked = { (suffix: String) in
      let log = try String(contentsOfFile: "\(server.folder)/access.log", encoding: .utf8)
      return log.split(separator: "\n").filter { $0.contains(suffix) }
        .map { String($0.split(separator: " ")[2]) }
    }
    #expect(try asked("POST /moved/lab/x.git") == ["ada"])
    #expect(try asked("POST /lab/x.git") == ["-"])
    try await ada.configure(
      "credential.helper", "!f() { echo username=ada; echo 'password=\(server.password)'; }; f")
    let pushed = try await ada.sc("push")
    #expect(pushed.status == 0, "\(pushed.error)")
    #expect(try asked("POST /lab/x.git").last == "ada")
    // What an action needs is all that it gets.
    #expect(try asked("PUT ") == ["-"])
  }

  @Test(arguments: [TestGitServer.Kind.http, .https, .daemon])
  func aRemoteWithoutLargeContentGetsTheHistory(_ kind: TestGitServer.Kind) async throws {
    let server = try await TestGitServer(kind)
    let remote = try await server.makeRepository("lab")
    let bench = try await bench()
    try await bench.check("remote", "add", "origin", server.url(of: "lab"))
    let path = try await bench.keep(bytes(1000))
    try await bench.configure("lfs.allowincompletepush", "false")
    let refused = try await bench.sc("push", variables: server.variables)
    #expect(refused.status == 1 && refused.error.contains(path), "\(refused.error)")
    #expect(try await tipIfAny(of: remote) == nil)
    try await bench.configure("--unset", "lfs.allowincompletepush")
    let pushed = try await bench.sc("push", variables: server.variables)
    #expect(pushed.status == 0, "\(pushed.error)")
    #expect(pushed.error.contains("takes no large content"), "\(pushed.error)")
    #expect(!pushed.error.contains(server.encodedPassword))
    #expect(try await tip(of: remote) == tip(of: bench.history))
    try await Command.check(["rm", "-r", "\(bench.history)/lfs"])
    let fetched = try await bench.sc("fetch", "--content", variables: server.variables)
    #expect(fetched.status == 1 && fetched.error.contains("takes no large content"))
  }

  @Test func tellsOfContentThatIsNowhere() async throws {
    let server = try await TestGitServer(.lfs)
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let (ada, bob) = try await pair(remote, server.url(of: "x"))
    let (lost, kept) = (bytes(1000), bytes(2000))
    let path = try await ada.keep(lost, isHere: false)
    try await ada.keep(kept)
    try await ada.configure("lfs.allowincompletepush", "false")
    let refused = try await ada.sc("push")
    #expect(refused.status == 1 && refused.error.contains(path), "\(refused.error)")
    #expect(try await tipIfAny(of: remote) == nil)
    try await ada.configure("--unset", "lfs.allowincompletepush")
    let pushed = try await ada.sc("push")
    #expect(pushed.status == 0)
    #expect(pushed.error.contains("\(path) (\(SHA256Digest(of: lost))) is neither here nor"))
    try await bob.check("pull")
    let fetched = try await bob.sc("fetch", "--content")
    #expect(fetched.status == 1)
    #expect(fetched.error.contains("\(path) (\(SHA256Digest(of: lost))): the server"))
    #expect(Workbench.has(kept, in: bob.history))
    // What the server has need not be here.
    try await bob.configure("lfs.allowincompletepush", "false")
    try await Command.check([
      "git", "--git-dir", remote.string, "update-ref", "-d", "refs/heads/main",
    ])
    try bob.put(lost)
    try await Command.check([
      "rm",
      Workbench.object(
        SHA256Digest(of: kept).hexadecimal, of: bob.history
      ).string,
    ])
    let again = try await bob.sc("push")
    #expect(again.status == 0 && !again.error.contains("warning"), "\(again.error)")
  }

  @Test func asksOverSSHWhereTheContentIs() async throws {
    let ssh = try await TestGitServer(.ssh)
    let server = try await TestGitServer(.lfsWithPassword)
    let remote = try await ssh.makeRepository("lab")
    let (ada, bob) = (try await bench(), try await bench())
    for bench in [ada, bob] {
      try await bench.check("remote", "add", "origin", ssh.url(of: "lab"))
    }
    let first = bytes(1000)
    let path = try await ada.keep(first)
    // A machine without Git LFS gets the history, and nobody is left in doubt.
    let pushed = try await ada.sc("push", variables: ssh.variables)
    #expect(pushed.status == 0, "\(pushed.error)")
    #expect(pushed.error.contains("no git-lfs-authenticate"), "\(pushed.error)")
    #expect(pushed.error.contains("\(path) (\(SHA256Digest(of: first))): not transferred"))
    #expect(try await tip(of: remote) == tip(of: ada.history))
    try await ada.configure("lfs.allowincompletepush", "false")
    let second = bytes(2000)
    try await ada.keep(second)
    #expect(try await ada.sc("push", variables: ssh.variables).status == 1)
    #expect(try await tipIfAny(of: remote) != tipIfAny(of: ada.history))

    let authorization = Data("\(server.user):\(server.password)".utf8).base64EncodedString()
    let script = """
      #!/bin/sh
      echo "$@" >>'\(ssh.folder)/asked'
      cat <<END
      {"href": "\(server.address)/lab/x.git/info/lfs",
       "header": {"Authorization": "Basic \(authorization)"}, "expires_in": 3600}
      END

      """
    let program = "\(ssh.folder)/bin/git-lfs-authenticate"
    try script.write(toFile: program, atomically: false, encoding: .utf8)
    chmod(program, 0o755)
    let again = try await ada.sc("push", variables: ssh.variables)
    #expect(again.status == 0, "\(again.error)")
    #expect(try await bob.sc("pull", variables: ssh.variables).status == 0)
    // What was not transferred then is now.
    let rest = try await ada.sc("push", "--content", variables: ssh.variables)
    #expect(rest.status == 0, "\(rest.error)")
    #expect(rest.error == "Uploaded 1 object(s) of content, 1kB\n")
    #expect(
      try await ada.sc("push", "--content", variables: ssh.variables).error
        == "The remote has all content.\n")
    let fetched = try await bob.sc(
      "fetch", "--content", SHA256Digest(of: second).description, variables: ssh.variables)
    #expect(fetched.status == 0, "\(fetched.error)")
    #expect(Workbench.has(second, in: bob.history))
    let asked = try String(contentsOfFile: "\(ssh.folder)/asked", encoding: .utf8)
    #expect(asked == "\(String(repeating: "\(remote) upload\n", count: 3))\(remote) download\n")
  }

  @Test(.enabled(if: TestEngine.isAvailable)) func fetchesWhatARecordNames() async throws {
    let engine = try await TestEngine.shared()
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let image = try await engine.image()
    let ada = try await Workbench(engine: engine)
    try await ada.check("remote", "add", "origin", remote.string)
    let id = try await ada.check("container", "create", image, "true")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    try await ada.check("container", "export", "--keep", "-o", "out.tar", id)
    let archive = Array(
      FileManager.default.contents(atPath: "\(ada.folder.path)/out.tar") ?? Data())
    let activity = try await ada.check("log", "-n", "1", "--format", "%(activity)")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    try await ada.check("container", "rm", id)
    // In another folder.
    var other: [UInt8] = []
    repeat {
      other = bytes(10)
    } while SHA256Digest(of: other).hexadecimal.prefix(2)
      == SHA256Digest(of: archive).hexadecimal.prefix(2)
    try await ada.keep(other)
    try await ada.check("push")
    for pattern in [
      String(id.prefix(12)), activity, "*\(SHA256Digest(of: archive).hexadecimal).tar",
      String(SHA256Digest(of: archive).hexadecimal.prefix(12)),
      "content/\(SHA256Digest(of: archive).hexadecimal.prefix(2))",
    ] {
      let bob = try await Workbench()
      try await bob.check("remote", "add", "origin", remote.string)
      try await bob.check("pull")
      let result = try await bob.sc("fetch", "--content", pattern)
      #expect(result.error.contains("Fetched 1 object(s)"), "\(pattern): \(result.error)")
      #expect(Workbench.has(archive, in: bob.history))
      #expect(try await bob.sc("fetch", "--content", "nothing").status == 1)
    }
  }
}
