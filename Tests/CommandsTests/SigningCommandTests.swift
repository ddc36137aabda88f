import Canonical
import Foundation
import SystemPackage
import TestSupport
import Testing

/// Signed commits, `sc verify` and `sc log --show-signature`.
@Suite struct SigningCommandTests {
  /// The settings of this machine hold while its branch is lost, and after it was put right.
  @Test func keepsItsSettingsWhereTheBranchIsLost() async throws {
    let bench = try await Workbench()
    try await bench.check("config", "set", "redaction.env", "all")
    for damage in ["rm", "truncate -s 0"] {
      _ = try await bench.run([
        "/bin/sh", "-c", "\(damage) '\(bench.history)/refs/heads/main'",
      ])
      #expect(try await bench.check("config", "get", "redaction.env") == "all\n")
      #expect(try await bench.sc("verify").status == 0)
    }
  }

  /// A history and two keys, the first of which is Ada's and allowed.
  private func bench() async throws -> Workbench {
    let bench = try await Workbench()
    for name in ["ada", "eve"] {
      try await Command.check([
        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f",
        bench.folder.path.appending(name).string,
      ])
    }
    let key = try String(contentsOfFile: "\(bench.folder.path)/ada.pub", encoding: .utf8)
    try bench.folder.write("ada@lab \(key)", to: "allowed")
    try await bench.check("config", "set", "signing.allowedSigners", "\(bench.folder.path)/allowed")
    try await bench.check("config", "set", "signing.key", "\(bench.folder.path)/ada")
    return bench
  }

  @Test func signsAsGitDoes() async throws {
    let bench = try await bench()
    try await bench.check("config", "set", "agent.name", "Ada")
    let git = try await bench.run([
      "git", "--git-dir", bench.history.string, "-c",
      "gpg.ssh.allowedSignersFile=\(bench.folder.path)/allowed", "verify-commit", "main", "main~1",
    ])
    #expect(git.status == 0, "\(git.error)")
    #expect(git.error.contains("Good \"git\" signature for ada@lab"))
    #expect(try await bench.fsck().isEmpty)
    let log = try await bench.check("log", "--show-signature", "--oneline")
    let lines = log.split(separator: "\n").map(String.init)
    #expect(lines[0].hasPrefix("Good signature by ada@lab with key SHA256:"))
    #expect(lines.last?.contains("signing.allowedSigners") == true)
    #expect(lines[lines.count - 2] == "No signature")
    let json = try await bench.check("log", "--show-signature", "--json", "-n", "1")
    let record = try JSONValue(parsing: Array(json.utf8))
    #expect(record["signature"]?["status"] == "good")
    #expect(record["signature"]?["signer"] == "ada@lab")
  }

  @Test func findsWhoIsNotAllowedAndWhatWasAltered() async throws {
    let bench = try await bench()
    let known = try await Command.check(
      ["git", "--git-dir", bench.history.string, "rev-parse", "main"]
    ).trimmingCharacters(in: .newlines)
    #expect(try await bench.sc("verify").status == 0)
    #expect(
      try await bench.sc("verify", "--require-signatures").error.contains("nobody signed it"))
    #expect(try await bench.sc("verify", "--require-signatures", "--since", known).status == 0)
    let eve = try await bench.sc(
      "--set", "signing.key=\(bench.folder.path)/eve", "config", "set", "agent.name", "Eve")
    #expect(eve.status == 0)
    #expect(try await bench.sc("verify").output.contains("1 of unknown keys"))
    let strict = try await bench.sc("verify", "--require-signatures", "--since", known)
    #expect(strict.status == 1)
    #expect(strict.error.contains("signed by nobody who is allowed to"))
    #expect(try await bench.check("log", "--show-signature").contains("nobody is known"))
    // Somebody else's words under Ada's signature.
    let script = """
      cd \(bench.history)
      git cat-file commit main~1 | sed 's/set signing.key/set something/' >../forged
      git update-ref refs/heads/main $(git hash-object -t commit -w ../forged)
      """
    _ = try await bench.shell(script)
    let forged = try await bench.sc("verify")
    #expect(forged.status == 1)
    #expect(forged.error.contains("its signature is not good"), "\(forged.error)")
    #expect(
      try await bench.check("log", "--show-signature", "-n", "1").contains("No good signature: "))
  }

  @Test func commitsNothingThatCannotBeSigned() async throws {
    let bench = try await bench()
    let missing = try await bench.sc("config", "set", "signing.key", "/nonexistent")
    #expect(missing.status != 0)
    #expect(missing.error.contains("ssh-keygen does not sign"), "\(missing.error)")
    #expect(missing.error.contains("sc config unset signing.key"))
    let relative = try await bench.sc("config", "set", "signing.key", "keys/ada")
    #expect(relative.status == 2)
    #expect(try await bench.check("config", "get", "signing.key").contains("/ada"))
    try await bench.check("config", "unset", "signing.key")
    #expect(try await bench.check("log", "-n", "1", "--show-signature").contains("No signature"))
  }

  @Test func signsWithOpenPGP() async throws {
    let bench = try await bench()
    let home = bench.folder.path.appending("gpg").string
    let script = """
      set -e
      mkdir -m 700 \(home)
      gpg --homedir \(home) --batch --quiet --passphrase '' --quick-gen-key 'Eve <eve@x.y>' ed25519 sign 0
      """
    let made = try await bench.shell(script)
    try #require(made.status == 0, "\(made.error)")
    let variables = ["GNUPGHOME": home]
    let set = try await bench.sc("config", "set", "signing.key", "eve@x.y", variables: variables)
    #expect(set.status == 0, "\(set.error)")
    let log = try await bench.sc("log", "-n", "1", "--show-signature", variables: variables)
    #expect(log.output.contains("Good signature by Eve <eve@x.y>"), "\(log.output)")
    let git = try await bench.run(
      ["git", "--git-dir", bench.history.string, "verify-commit", "main"], variables: variables)
    #expect(git.status == 0, "\(git.error)")
    _ = try await bench.shell("gpgconf --homedir \(home) --kill all")
  }
}
