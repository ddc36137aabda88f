import Canonical
import Foundation
import SystemPackage
import TestSupport
import Testing

/// Hooks of a shared history and of a user.
@Suite struct HookCommandTests {
  @Test func theProgramHasTheHookOfTheProject() async throws {
    let folder = try TemporaryFolder()
    let bench = try await Workbench()
    let path = folder.path.appending("lab.git")
    #expect(
      try await bench.check("remote", "init-server", path.string)
        == "Initialized an empty shared history in \(path)/\n")
    let hook = path.pushing("hooks/pre-receive")
    #expect(
      try Data(contentsOf: URL(filePath: hook.string))
        == Data(contentsOf: URL(filePath: Project.root.pushing("hooks/pre-receive").string)))
    #expect(FileManager.default.isExecutableFile(atPath: hook.string))
    #expect(try await bench.check("remote", "init-server", path.string).hasPrefix("Completed"))
    try await folder.writeProgram("#!/bin/sh\n", to: "lab.git/hooks/pre-receive")
    let other = try await bench.sc("remote", "init-server", path.string)
    #expect(other.status == 1)
    #expect(other.error.contains("another hook is there"))
    try await bench.check("remote", "init-server", "--force", path.string)
    let taken = try await bench.sc("remote", "init-server", folder.path.string)
    #expect(taken.error.contains("in the way"), "\(taken.error)")
  }

  @Test func aSharedHistoryIsItsGroups() async throws {
    let bench = try await Workbench()
    let server = try await bench.sc("remote", "init-server", "--shared", "lab.git")
    #expect(server.status == 0)
    for (name, mode) in [("objects", 0o2070), ("refs/heads", 0o2070), ("hooks/pre-receive", 0o070)]
    {
      let path = "\(bench.folder.path)/lab.git/\(name)"
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      let found = try #require(attributes[.posixPermissions] as? Int)
      #expect(found & mode == mode, "\(name): \(String(found, radix: 8))")
    }
    let strict = try await bench.sc("remote", "init-server", "--require-signatures", "lab.git")
    #expect(strict.error.contains("it names no allowed signers"))
  }

  @Test func aSharedHistoryRefusesWhatIsNotSigned() async throws {
    let bench = try await Workbench()
    let folder = bench.folder.path
    try await Command.check([
      "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f",
      folder.appending("ada").string,
    ])
    let key = try String(contentsOfFile: "\(folder)/ada.pub", encoding: .utf8)
    try bench.folder.write("ada@lab \(key)", to: "allowed")
    try await bench.check(
      "remote", "init-server", "--require-signatures", "--allowed-signers", "allowed", "lab.git")
    try await bench.check("remote", "add", "origin", "lab.git")
    try await bench.check("config", "set", "--user", "signing.key", "\(folder)/ada")
    try await bench.check("config", "set", "agent.name", "Ada")
    let signed = try await bench.sc("push")
    #expect(signed.status == 0, "\(signed.error)")
    try await bench.check("config", "unset", "--user", "signing.key")
    try await bench.check("config", "set", "agent.name", "Eve")
    let refused = try await bench.sc("push")
    #expect(refused.status == 1)
    #expect(refused.error.contains("remote: sc: "), "\(refused.error)")
    #expect(refused.error.contains("rejected the push"))
  }

  @Test func theUsersPrePushIsAskedFirst() async throws {
    let bench = try await Workbench()
    try await bench.check("config", "set", "agent.name", "Ada")
    try await bench.check("remote", "init-server", "lab.git")
    try await bench.check("remote", "add", "origin", "lab.git")
    try await bench.folder.writeProgram(
      "#!/bin/sh\necho \"$1 $2 $(pwd)\" >&2; cat >&2; exit 1\n", to: ".sc/hooks/pre-push")
    let refused = try await bench.sc("push")
    #expect(refused.status == 1)
    #expect(
      refused.error.contains("origin \(bench.folder.path)/lab.git \(bench.history)"),
      "\(refused.error)")
    #expect(refused.error.contains("refs/heads/main "))
    #expect(refused.error.contains(String(repeating: "0", count: 40)))
    #expect(refused.error.contains("--no-verify"))
    #expect(try await bench.sc("push", "--no-verify").status == 0)
    // The project's own hook checks here what the remote would.
    try FileManager.default.removeItem(atPath: "\(bench.history)/hooks/pre-push")
    for name in ["pre-push", "pre-receive"] {
      try FileManager.default.copyItem(
        atPath: Project.root.pushing(FilePath("hooks/\(name)")).string,
        toPath: "\(bench.history)/hooks/\(name)")
    }
    try await bench.check("config", "set", "agent.name", "Bob")
    let pushed = try await bench.sc("push")
    #expect(pushed.status == 0, "\(pushed.error)")
    let secret = """
      set -e
      export GIT_DIR=$PWD/.sc GIT_INDEX_FILE=$PWD/index
      export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@x
      git read-tree main
      b=$(printf -- '-----BEGIN OPENSSH PRIVATE KEY-----\\nx\\n' | git hash-object -w --stdin)
      git update-index --add --cacheinfo 100644,$b,containers/key.json
      git update-ref refs/heads/main $(git commit-tree -p main -m x $(git write-tree))
      """
    try await Command.check(["bash", "-c", secret], in: bench.folder.path)
    let leaked = try await bench.sc("push")
    #expect(leaked.status == 1)
    #expect(leaked.error.contains("containers/key.json"), "\(leaked.error)")
  }

  @Test func aSharedHistoryLooksMoreCloselyWhereThereIsTheProgram() async throws {
    let bench = try await Workbench()
    try await bench.check("config", "set", "agent.name", "Ada")
    try await bench.check("remote", "init-server", "lab.git")
    try await bench.check("remote", "add", "origin", "lab.git")
    try await bench.check("push")
    // What a shell takes for a record: braces at its ends, a context and its own name in it.
    let script = """
      set -e
      export GIT_DIR=$PWD/.sc GIT_INDEX_FILE=$PWD/index
      export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@x
      git read-tree main
      id=01900000-0000-7000-8000-000000000000
      b=$(printf '{"@context":{} "@id":"urn:uuid:%s"}' $id | git hash-object -w --stdin)
      git update-index --add --cacheinfo 100644,$b,activities/2024/06/10/02/$id.jsonld
      git push -q origin $(git commit-tree -p main -m x $(git write-tree)):refs/heads/main
      """
    try await Command.check(
      ["git", "--git-dir", "lab.git", "config", "sc.verifyWithSc", "true"], in: bench.folder.path)
    let refused = try await bench.shell(script)
    #expect(refused.status != 0)
    #expect(refused.error.contains("it is no JSON"), "\(refused.error)")
    try await Command.check(
      ["git", "--git-dir", "lab.git", "config", "sc.verifyWithSc", "false"], in: bench.folder.path)
    let taken = try await bench.shell(script)
    #expect(taken.status == 0, "\(taken.error)")
  }

  @Test(.enabled(if: TestEngine.isAvailable))
  func postRecordRunsAfterEachOperation() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    try await bench.folder.writeProgram(
      "#!/bin/sh\necho \"$1 $2 $GIT_DIR\" >>\(bench.folder.path)/told\n",
      to: ".sc/hooks/post-record")
    let volume = Workbench.name("hook")
    try await bench.check("volume", "create", volume)
    try await bench.check("volume", "rm", volume)
    let told = try String(contentsOfFile: "\(bench.folder.path)/told", encoding: .utf8)
    let log = try await bench.check("log", "--reverse", "--format", "%(activity) %H")
    #expect(told == log.replacingOccurrences(of: "\n", with: " \(bench.history)\n"))
    try await bench.folder.writeProgram("#!/bin/sh\nexit 3\n", to: ".sc/hooks/post-record")
    let failed = try await bench.sc("volume", "create", volume)
    #expect(failed.status == 0)
    #expect(failed.error.contains("the hook post-record ended with status 3"))
    try bench.folder.write("#!/bin/sh\n", to: ".sc/hooks/post-record", mode: 0o644)
    #expect(try await bench.sc("volume", "rm", volume).error.contains("chmod +x"))
  }
}
