import Canonical
import Crypto
import Foundation
import Testing

@testable import Git

/// Who may sign bytes as they are, by the file that ssh-keygen has for it.
@Suite struct AllowedSignersTests {
  private let key = Curve25519.Signing.PrivateKey()
  private let message = Array("what is signed".utf8)

  private var line: String {
    var blob: [UInt8] = []
    blob.append(sshString: Array("ssh-ed25519".utf8))
    blob.append(sshString: Array(key.publicKey.rawRepresentation))
    return "ssh-ed25519 " + Base64.encode(blob)
  }

  /// - Parameter file: where KEY stands for the key.
  private func verdict(
    _ file: String, keyID: String? = nil, at time: Int64? = 1_700_000_000
  ) throws -> GitVerdict {
    let signers = AllowedSigners(file.replacing("KEY", with: line))
    return signers.verdict(
      on: Array(try key.signature(for: message)), of: message,
      keyID: try keyID ?? SSHPublicKey(line: line).keyID, at: time)
  }

  @Test(arguments: [
    "ada@lab KEY", "ada@lab KEY a comment", "  ada@lab\tKEY", "# comment\n\nada@lab KEY",
    "\"ada@lab\" KEY", "ada@lab namespaces=\"git,file\" KEY", "ada@lab namespaces=\"g*\" KEY",
    "ada@lab valid-after=\"20200101Z\",valid-before=\"20300101Z\" KEY",
    "eve@lab cert-authority KEY\nada@lab KEY", "eve@lab ssh-ed25519 AAAA\nada@lab KEY",
    "eve = ssh-ed25519 AAAA\nada@lab KEY",
  ]) func allows(file: String) throws {
    let fingerprint = try SSHPublicKey(line: line).fingerprint
    #expect(try verdict(file) == .good(signer: "ada@lab", key: fingerprint))
    #expect(try verdict(file, keyID: "") == .good(signer: "ada@lab", key: fingerprint))
  }

  @Test(arguments: [
    "", "# ada@lab KEY", "ada@lab cert-authority KEY", "ada@lab namespaces=\"file\" KEY",
    "ada@lab namespaces=\"*,!git\" KEY", "ada@lab valid-after=\"soon\" KEY",
    "ada@lab something=\"else\" KEY", "KEY", "ada@lab", "ada@lab = KEY", "ada@lab == KEY",
    "ada@lab =git KEY", "ada@lab =,namespaces=\"git\" KEY",
  ]) func knowsNobody(file: String) throws {
    let keyID = try SSHPublicKey(line: line).keyID
    #expect(try verdict(file) == .unknownSigner(key: keyID))
  }

  @Test(arguments: [
    "ada@lab valid-before=\"20200101Z\" KEY", "ada@lab valid-after=\"203001010000Z\" KEY",
    "ada@lab valid-after=\"20300101000000\" KEY",
  ]) func allowsForATimeOnly(file: String) throws {
    #expect(try verdict(file) == .bad("ada@lab was not allowed to sign at that time"))
  }

  @Test func wantsATimeWhereOneCounts() throws {
    let file = "ada@lab valid-after=\"20200101Z\" KEY"
    #expect(try verdict(file, at: nil) == .bad("ada@lab was not allowed to sign at that time"))
  }

  @Test func findsWhatDoesNotFit() throws {
    #expect(
      try verdict("ada@lab KEY", keyID: "00")
        == .bad("it names another key than the one that signed it"))
    let signers = AllowedSigners("ada@lab " + line)
    var signature = Array(try key.signature(for: message))
    signature[5] ^= 1
    let keyID = try SSHPublicKey(line: line).keyID
    #expect(
      signers.verdict(on: signature, of: message, keyID: keyID, at: nil)
        == .bad("its signature does not fit"))
    let others: [[UInt8]] = [
      [], [0], Array(repeating: 0, count: 64), Array(repeating: 255, count: 4096),
    ]
    for signature in others {
      #expect(
        signers.verdict(on: signature, of: message, keyID: keyID, at: nil)
          == .bad("its signature does not fit"))
    }
  }

  @Test func refusesKeysThatCannotSignBytesAsTheyAre() throws {
    var blob: [UInt8] = []
    blob.append(sshString: Array("sk-ssh-ed25519@openssh.com".utf8))
    let error = #expect(throws: GitError.self) { try SSHPublicKey(blob: blob) }
    #expect(error?.message.contains("security token") == true)
    let whole = Base64.decode(String(line.dropFirst("ssh-ed25519 ".count))) ?? []
    for count in 0..<whole.count {
      #expect(throws: GitError.self) { try SSHPublicKey(blob: Array(whole.prefix(count))) }
    }
    #expect(throws: GitError.self) { try SSHPublicKey(blob: whole + [0]) }
    #expect(throws: GitError.self) { try SSHPublicKey(line: "ssh-rsa " + line.dropFirst(12)) }
  }
}
