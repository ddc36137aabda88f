import Canonical
import Foundation
import TestSupport
import Testing

/// `sc attest`, `sc verify --attestation`, and the attestations of archives.
@Suite(.enabled(if: TestEngine.isAvailable))
struct AttestCommandTests {
  @Test func othersReadWhatIsAttested() async throws {
    let scene = try await AttestationScene()
    let made = try await scene.buildAndRun()
    for key in AttestationScene.keys {
      for (activity, file) in [("HEAD", "run"), ("HEAD~1", "build")] {
        try await scene.attest(activity, with: key, to: "\(key)-\(file)")
        let read = try await scene.read("\(key)-\(file)", signedWith: key)
        #expect(try !scene.text("\(key)-\(file)").contains("t0k3n"))
        guard let read else { continue }
        #expect(!read.text().contains("t0k3n-V4lue-99"))
        let names = read["subject"]?.array?.map { $0["name"]?.string }
        #expect(names == (file == "run" ? [scene.path("out")] : [made]))
      }
      let verified = try await scene.bench.sc(
        "verify", "--attestation", "\(key)-run", "--attestation", "\(key)-build")
      #expect(verified.status == 0, "\(verified.error)")
      #expect(verified.output.contains("signed by \(key)@lab\n"))
      #expect(verified.output.hasSuffix("2 attestation(s), all good\n"))
    }
    try await scene.attest("HEAD", with: "ed25519", to: "again")
    #expect(try scene.text("again") == scene.text("ed25519-run"))
    try await scene.attest("HEAD", with: "rsa.pub", to: "again")
    #expect(try scene.text("again") == scene.text("rsa-run"))
    #expect(try await scene.bench.fsck() == "")
  }

  @Test func writesALineForEachActivity() async throws {
    let scene = try await AttestationScene()
    let made = try await scene.buildAndRun()
    let bench = scene.bench
    try await bench.check("config", "set", "signing.key", scene.path("ed25519"))
    // The last commit is of a setting.
    let lines = try await bench.check("attest", "HEAD~1", made).split(separator: "\n")
    try #require(lines.count == 2)
    try bench.folder.write(lines.joined(separator: "\n\n") + "\n", to: "both")
    let json = try await bench.json("verify", "--attestation", "both", "--json")
    #expect(json["findings"] == [])
    let items = try #require(json["attestations"]?.array)
    #expect(items.map { $0["line"] } == [1, 3])
    #expect(items.allSatisfy { $0["signer"] == "ed25519@lab" && $0["inHistory"] == true })
    let digest = SHA256Digest(of: try Data(contentsOf: URL(filePath: scene.path("out"))))
    #expect(
      items[0]["subjects"]
        == [["name": .string(scene.path("out")), "digest": .string(digest.description)]])
    let image = try await bench.run(["docker", "inspect", "--format", "{{.Id}}", made])
    #expect(
      items[1]["subjects"]
        == [
          [
            "name": .string(made),
            "digest": .string(image.output.trimmingCharacters(in: .newlines)),
          ]
        ])
    // Where there is no history, what it would say is not held against it.
    let elsewhere = try await bench.shell(
      "cd / && sc verify --attestation $OLDPWD/both --allowed-signers $OLDPWD/allowed")
    #expect(elsewhere.status == 0, "\(elsewhere.error)")
    #expect(elsewhere.output.contains("; this history does not have the activity\n"))
    let nobody = try await bench.shell("cd / && sc verify --attestation $OLDPWD/both")
    #expect(nobody.status == 1 && nobody.error.contains("nobody is known who may sign"))
    #expect(try await bench.sc("verify", "--attestation", "both", "--stdin").status == 2)
    try bench.folder.write(String(repeating: "no\n", count: 1000), to: "other")
    let other = try await bench.sc("verify", "--attestation", "other")
    #expect(other.status == 1 && other.error.hasSuffix("from here on it was not looked at\n"))
    #expect(try await bench.sc("verify", "--attestation", "/dev/null").status == 1)
    #expect(try await bench.sc("verify", "--attestation", "nothing-there").status == 2)
  }

  @Test func findsOneByteThatWasAltered() async throws {
    let scene = try await AttestationScene()
    _ = try await scene.buildAndRun()
    for key in AttestationScene.keys {
      try await scene.attest("HEAD", with: key, to: "whole")
      let whole = Array(try scene.text("whole").utf8)
      // Several in each member, name and sign; the end of the line means nothing.
      let places = stride(from: 0, to: whole.count - 1, by: max(1, whole.count / 40))
      for place in Array(places) + [whole.count - 2, whole.count - 5, whole.count - 20] {
        var broken = whole
        broken[place] ^= 1
        try Data(broken).write(to: URL(filePath: scene.path("broken")))
        let found = try await scene.bench.sc("verify", "--attestation", "broken")
        #expect(found.status == 1, "\(key): byte \(place)")
        #expect(found.error.hasPrefix("sc: broken, line 1: "), "\(found.error)")
      }
    }
  }

  @Test func findsWhatTheHistoryDoesNotSay() async throws {
    let scene = try await AttestationScene()
    _ = try await scene.buildAndRun()
    guard let python = Project.python else { return }
    // Signed by somebody who may, and not so.
    let program = """
      import base64, json, sys
      from cryptography.hazmat.primitives.serialization import load_ssh_private_key
      from securesystemslib.dsse import Envelope
      from securesystemslib.signer import CryptoSigner
      whole = json.loads(open(sys.argv[1]).read())
      statement = json.loads(base64.b64decode(whole["payload"]))
      exec(sys.argv[3])
      signer = CryptoSigner(load_ssh_private_key(open(sys.argv[2], "rb").read(), None))
      envelope = Envelope(json.dumps(statement).encode(), whole["payloadType"], {})
      envelope.sign(signer)
      print(json.dumps(envelope.to_dict()))
      """
    try await scene.attest("HEAD", with: "ed25519", to: "whole")
    let changes = [
      "statement['subject'][0]['digest']['sha256'] = '0' * 64": "made no",
      "statement['subject'].append({'name': 'x', 'digest': {'sha256': '1' * 64}})": "made no x",
      "statement['predicate']['materials'].pop()": "it does not say that activity",
      "statement['predicate']['byproducts']['record']['digest']['sha256'] = '2' * 64":
        "another document",
      "statement['predicate']['environment']['finishedOn'] = '2020-01-01T00:00:00.000Z'":
        "ended at another time",
      "statement['more'] = 1": "unknown member: more", "pass": "",
    ]
    for (change, message) in changes {
      let forged = try await scene.bench.run(
        [python.string, "-c", program, scene.path("whole"), scene.path("ed25519"), change])
      try #require(forged.status == 0, "\(forged.error)")
      try scene.bench.folder.write(forged.output, to: "forged")
      let found = try await scene.bench.sc("verify", "--attestation", "forged")
      #expect(found.status == (message.isEmpty ? 0 : 1), "\(change): \(found.output)")
      #expect(message.isEmpty || found.error.contains(message), "\(found.error)")
    }
  }

  @Test func refusesWhatCannotBeAttested() async throws {
    let scene = try await AttestationScene()
    let image = try await scene.engine.image("attested")
    let bench = scene.bench
    let name = Workbench.name("other")
    try await bench.check("container", "create", "--name", name, image, "true")
    let keyless = try await bench.sc("attest", "HEAD")
    #expect(keyless.status == 1)
    #expect(keyless.error.contains("sc config set signing.key"))
    try await bench.check("config", "set", "signing.key", scene.path("ed25519"))
    let other = try await bench.sc("attest", name, "-o", "none")
    #expect(other.status == 1)
    #expect(other.error.contains("is of the kind container.create"), "\(other.error)")
    #expect(other.error.contains("image.build, infect, rerun, run"))
    #expect(try await bench.sc("run", "--rm", image, "false").status == 1)
    let failed = try await bench.sc("attest", "HEAD", "-o", "none")
    #expect(failed.status == 1 && failed.error.contains(" failed\n"), "\(failed.error)")
    #expect(try await bench.sc("attest").status == 2)
    #expect(try await bench.sc("attest", "nothing-there").status == 1)
    try await bench.check("run", "--rm", image, "echo", "done")
    #expect(try await bench.sc("attest", "HEAD", "-o", "no/such/folder").status == 2)
    for (key, message) in [
      ("/nonexistent/key", "cannot be read"), ("eve@x.y", "OpenPGP"),
      ("key::ssh-ed25519 AAAA", "cannot be read"), (scene.path("in"), "cannot be read"),
    ] {
      let result = try await bench.sc(
        "--set", "signing.key=\(key)", "attest", "HEAD", "-o", "none")
      #expect(result.status == 1, "\(key)")
      #expect(result.error.contains(message), "\(key): \(result.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: scene.path("none")))
    try await bench.check("container", "rm", name)
  }

  @Test func signsWithAKeyThatOnlyAnAgentHas() async throws {
    let scene = try await AttestationScene()
    let bench = scene.bench
    let image = try await scene.engine.image("attested")
    try await bench.check("run", "--rm", image, "echo", "done")
    let line = try scene.text("ed25519.pub").split(separator: " ").prefix(2).joined(separator: " ")
    // The agent ends with the shell that it belongs to.
    let script = """
      ssh-add -q ed25519 && rm ed25519 &&
      sc --set "signing.key=key::\(line)" attest HEAD -o line &&
      sc --set "signing.key=$PWD/ed25519.pub" attest HEAD -o public &&
      sc --set "signing.key=$PWD/ed25519" attest HEAD -o private
      """
    let result = try await bench.shell("ssh-agent -a \"$PWD/agent\" bash -c '\(script)'")
    #expect(result.status == 0, "\(result.error)")
    #expect(try await bench.sc("verify", "--attestation", "line").status == 0)
    #expect(try scene.text("line") == scene.text("public"))
    #expect(try scene.text("line") == scene.text("private"))
    let gone = try await bench.sc("--set", "signing.key=key::\(line)", "attest", "HEAD")
    #expect(gone.status == 1)
    #expect(gone.error.contains("no SSH agent has the key SHA256:"), "\(gone.error)")
  }

  @Test func asksForAPassphraseOnceAndLeavesNoAgent() async throws {
    let scene = try await AttestationScene()
    let bench = scene.bench
    let image = try await scene.engine.image("attested")
    try await bench.check("run", "--rm", image, "echo", "done")
    try await bench.check("run", "--rm", image, "echo", "more")
    try await bench.folder.writeProgram(
      "#!/bin/sh\necho asked >> asked; echo open-sesame\n", to: "ask")
    try await Command.check([
      "ssh-keygen", "-q", "-p", "-P", "", "-N", "open-sesame", "-f", scene.path("ed25519"),
    ])
    let variables = [
      "SSH_ASKPASS": scene.path("ask"), "SSH_ASKPASS_REQUIRE": "force", "TMPDIR": "/tmp",
    ]
    let key = "signing.key=\(scene.path("ed25519"))"
    let result = try await bench.sc(
      "--set", key, "attest", "HEAD", "HEAD~1", "-o", "two", variables: variables)
    #expect(result.status == 0, "\(result.error)")
    #expect(try scene.text("asked") == "asked\n")
    #expect(try await bench.sc("verify", "--attestation", "two").output.hasPrefix("urn:uuid:"))
    let wrong = try await bench.sc(
      "--set", key, "attest", "HEAD",
      variables: ["SSH_ASKPASS": "/bin/false", "SSH_ASKPASS_REQUIRE": "force"])
    #expect(wrong.status == 1)
    #expect(wrong.error.contains("ssh-add does not take"), "\(wrong.error)")
  }

  @Test func archivesHaveWhatIsAttested() async throws {
    let scene = try await AttestationScene()
    let bench = scene.bench
    _ = try await scene.buildAndRun()
    let keyless = try await bench.sc("archive", "create", "--attest", "-o", "none.tar")
    #expect(keyless.status == 1 && keyless.error.contains("sc config set signing.key"))
    try await bench.check("config", "set", "signing.key", scene.path("ed25519"))
    let created = try await bench.json("archive", "create", "--attest", "--json", "-o", "a.tar")
    #expect(created["attestations"] == 1)
    try await bench.check("archive", "create", "--attest", "-o", "b.tar")
    #expect(
      try Data(contentsOf: URL(filePath: scene.path("a.tar")))
        == Data(contentsOf: URL(filePath: scene.path("b.tar"))))
    let report = try await bench.json(
      "archive", "verify", "--json", "--allowed-signers", scene.path("allowed"), "a.tar")
    #expect(report["intact"] == true, "\(report)")
    #expect(report["attestations"]?.array?.map { $0["signer"] } == ["ed25519@lab"])
    try bench.folder.write("eve@lab \(try scene.text("rsa.pub"))", to: "others")
    let unknown = try await bench.sc("archive", "verify", "--allowed-signers", "others", "a.tar")
    #expect(unknown.status == 0, "\(unknown.error)")
    #expect(unknown.error.contains("warning: data/attestations/"))
    let strict = try await bench.sc(
      "archive", "verify", "--require-signatures", "--allowed-signers", "others", "a.tar")
    #expect(strict.status == 1)
    #expect(strict.error.contains("it is signed by nobody who is allowed to"))
    let alone = try await bench.shell(
      "mkdir x && tar -xf a.tar -C x && cat x/*/data/attestations/*.intoto.jsonl > line && "
        + "sc verify --attestation line")
    #expect(alone.status == 0, "\(alone.error)")
  }

  @Test func archivesHaveNoOthersAttestations() async throws {
    let scene = try await AttestationScene()
    let bench = scene.bench
    _ = try await scene.buildAndRun()
    try await bench.check("config", "set", "signing.key", scene.path("ed25519"))
    try await bench.check("archive", "create", "--attest", "-o", "a.tar")
    // One of another activity in its place, in a bag that says so.
    try await scene.attest("HEAD~3", with: "ed25519", to: "build")
    let script = """
      set -e; mkdir x; tar -xf a.tar -C x; cd x/*/; old=$(echo data/attestations/*)
      cat ../../build > "$old"
      sum=$(sha256sum < "$old" | cut -d' ' -f1); size=$(stat -c %s "$old")
      sed -i "s|^[0-9a-f]*\\(  $old\\)|$sum\\1|" manifest-sha256.txt
      cd ..; tar -cf ../b.tar *; cd ..; sc archive verify --allowed-signers allowed b.tar
      """
    let found = try await bench.shell(script)
    #expect(found.status == 1, "\(found.output)")
    #expect(found.error.contains("is not named after its activity"), "\(found.error)")
  }
}
