import Foundation
import SystemPackage
import TestSupport
import Testing

/// Remotes that are broken, or mean harm: each is refused by name, and nothing of ours is changed.
@Suite struct HostilePeerTests {
  /// What makes a remote in the folder `bad`, and what is said of it.
  static let remotes: [(name: String, script: String, message: String)] = [
    ("a path of two dots", Self.tree("40000", ".."), "hasDotdot"),
    ("a git folder", Self.tree("40000", ".git"), "hasDotgit"),
    ("a git folder's other name", Self.tree("40000", "git~1"), "hasDotgit"),
    (
      "a message of 2 MB",
      """
      c=$(git commit-tree $(git mktree </dev/null) <<<"$(head -c 2000000 /dev/zero | tr '\\0' x)")
      git update-ref refs/heads/main $c
      """, "most in its message"
    ),
    ("an escape sequence", Self.tree("100644", "a\\033[31mb"), "a\\u{1B}[31mb"),
    (
      "a file of 100 MB",
      """
      b=$(head -c 100000000 /dev/zero | git hash-object -w --stdin)
      commit $(printf "100644 blob $b\\tbig" | git mktree)
      """, "big has 100000000 bytes"
    ),
    (
      "400,000 references",
      """
      commit $(git mktree </dev/null)
      c=$(git rev-parse main)
      { echo '# pack-refs with: peeled fully-peeled sorted '
        for i in $(seq 100000 499999); do echo "$c refs/heads/b$i"; done; } >packed-refs
      """, "more references than are taken"
    ),
    (
      "20,000 branches",
      """
      commit $(git mktree </dev/null)
      c=$(git rev-parse main)
      { echo '# pack-refs with: peeled fully-peeled sorted '
        for i in $(seq 10000 29999); do echo "$c refs/heads/b$i"; done; } >packed-refs
      """, "20001 branches"
    ),
    (
      "no older part",
      """
      for i in 1 2 3; do commit $(git mktree </dev/null) $(git rev-parse -q --verify main); done
      cd ..; mv bad whole; git clone -q --bare --depth 1 file://$PWD/whole bad
      """, "the remote is shallow"
    ),
    (
      "SHA-256 names",
      """
      cd ..; rm -rf bad; git init -q --bare -b main --object-format=sha256 bad; cd bad
      commit $(git mktree </dev/null)
      """, "SHA-256"
    ),
    (
      "a commit missing",
      """
      for i in 1 2 3; do commit $(git mktree </dev/null) $(git rev-parse -q --verify main); done
      c=$(git rev-parse main~1); rm objects/${c:0:2}/${c:2}
      """, "git upload-pack ended with status"
    ),
    (
      "an activity of another name",
      """
      b=$(echo '{"@id": "urn:uuid:0"}' | git hash-object -w --stdin)
      n=01900000-0000-7000-8000-000000000000.jsonld
      t=$(printf "100644 blob $b\\t$n" | git mktree)
      for folder in 02 10 06 2024; do t=$(printf "040000 tree $t\\t$folder" | git mktree); done
      commit $(printf "040000 tree $t\\tactivities" | git mktree)
      """, "activities/2024/06/10/02/01900000"
    ),
    (
      "an activity that is no JSON",
      """
      b=$(echo 'no' | git hash-object -w --stdin)
      n=01900000-0000-7000-8000-000000000000.jsonld
      t=$(printf "100644 blob $b\\t$n" | git mktree)
      for folder in 02 10 06 2024; do t=$(printf "040000 tree $t\\t$folder" | git mktree); done
      commit $(printf "040000 tree $t\\tactivities" | git mktree)
      """, "it is no JSON"
    ),
  ]

  /// Makes a commit of a tree with one entry, as git itself would not.
  private static func tree(_ mode: String, _ name: String) -> String {
    let entry = mode == "40000" ? "tree" : "blob"
    return """
      b=$(echo x | git hash-object -w --stdin)
      e=$b
      if [ \(entry) = tree ]; then e=$(printf "100644 blob $b\\tx" | git mktree); fi
      { printf '\(mode) \(name)\\0'; printf $e | sed 's/../\\\\x&/g' | xargs -0 printf '%b'; } >entry
      commit $(git hash-object -t tree -w --literally entry)
      """
  }

  private static let prelude = """
    set -e
    export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@x
    commit() {
      git update-ref refs/heads/main $(git commit-tree -m x ${2:+-p $2} $1)
    }
    git init -q --bare -b main bad
    cd bad

    """

  @Test(arguments: remotes.indices)
  func isRefusedByName(_ index: Int) async throws {
    let remote = Self.remotes[index]
    let bench = try await Workbench()
    try await bench.check("config", "set", "agent.name", "Ada")
    let before = try await bench.check("log", "--format", "%H")
    try await Command.check(["bash", "-c", Self.prelude + remote.script], in: bench.folder.path)
    try await bench.check("remote", "add", "bad", "bad")
    // Of many branches one alone does no harm.
    let isOfMany = remote.name == "20,000 branches"
    for arguments in isOfMany ? [["fetch", "bad"]] : [["pull", "bad", "main"], ["fetch", "bad"]] {
      let result = try await bench.run([try Project.executable("sc").string] + arguments)
      #expect(result.status == 1, "\(remote.name): \(result.error)")
      #expect(result.error.contains(remote.message), "\(remote.name): \(result.error)")
      #expect(!result.error.contains("\u{1B}"))
    }
    #expect(try await bench.check("log", "--format", "%H") == before)
    #expect(try await bench.fsck().isEmpty, "\(remote.name)")
    #expect(try await bench.sc("verify").status == 0)
  }

  /// A clone takes objects as they come, and looks at the paths.
  @Test(arguments: ["..", ".git"]) func aCloneNamesThePath(_ name: String) async throws {
    let bench = try await Workbench()
    let script = Self.prelude + Self.tree("40000", name)
    try await Command.check(["bash", "-c", script], in: bench.folder.path)
    let result = try await bench.sc("clone", "bad", "copy")
    #expect(result.status == 1)
    #expect(result.error.contains("a path that no history may have: \"\(name)\""))
    #expect(!FileManager.default.fileExists(atPath: "\(bench.folder.path)/copy"))
  }

  @Test func cannotChangeThisMachinesOwnSettings() async throws {
    let bench = try await Workbench()
    try await bench.check("config", "set", "agent.name", "Ada")
    let script = """
      set -e
      export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@x
      git clone -q --bare .sc bad; cd bad
      export GIT_INDEX_FILE=$PWD/index
      git read-tree main
      f=$(git ls-files hosts)
      b=$(git show main:$f | sed 's/Ada/Eve/' | git hash-object -w --stdin)
      git update-index --cacheinfo 100644,$b,$f
      git update-ref refs/heads/main $(git commit-tree -p main -m x $(git write-tree))
      """
    try await Command.check(["bash", "-c", script], in: bench.folder.path)
    try await bench.check("remote", "add", "bad", "bad")
    let result = try await bench.sc("pull", "bad", "main")
    #expect(result.status == 1)
    #expect(result.error.contains("changes this machine's own settings"), "\(result.error)")
    #expect(try await bench.check("config", "get", "agent.name") == "Ada\n")
  }

  @Test func hooksOfARemoteAreNeverRun() async throws {
    let bench = try await Workbench()
    try await bench.check("config", "set", "agent.name", "Ada")
    try await Command.check(
      [
        "bash", "-c",
        "git clone -q --bare .sc bad; for h in pre-push post-record post-update; do "
          + "printf '#!/bin/sh\\ntouch \(bench.folder.path)/ran\\n' >bad/hooks/$h; chmod +x bad/hooks/$h; done",
      ],
      in: bench.folder.path)
    try await bench.check("clone", "bad", "copy")
    let copy = bench.folder.path.pushing("copy/.sc")
    try await bench.check("--sc-dir", copy.string, "config", "set", "agent.name", "Bob")
    try await bench.check("--sc-dir", copy.string, "pull")
    #expect(!FileManager.default.fileExists(atPath: "\(bench.folder.path)/ran"))
    #expect(!FileManager.default.fileExists(atPath: "\(copy)/hooks/pre-push"))
  }
}
