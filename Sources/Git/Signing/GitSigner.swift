import Processes
import SystemPackage

/// Signs commits as git does: by `ssh-keygen` with an SSH key, or by `gpg` (git-config(1),
/// `gpg.format`).
package struct GitSigner: Sendable, Equatable {
  /// What it signs with.
  package enum Key: Sendable, Equatable {
    /// A file with a private key, or with a public one whose other half the agent has.
    case ssh(file: String)

    /// A public key in one line, `ssh-ed25519 …`; the agent has the other half.
    case sshAgent(publicKey: String)

    /// An OpenPGP key, by its id, fingerprint or user.
    case openPGP(String)

    /// Takes a setting: a whole path, the line of a public key, or else a key of OpenPGP.
    package init(_ text: String) {
      let line = text.hasPrefix("key::") ? String(text.dropFirst("key::".count)) : text
      if ["ssh-", "ecdsa-", "sk-"].contains(where: line.hasPrefix) {
        self = .sshAgent(publicKey: line)
      } else if text.contains("/") {
        self = .ssh(file: text)
      } else {
        self = .openPGP(text)
      }
    }
  }

  package let key: Key
  let environment: [String: String]

  /// - Parameter environment: what the programs get: `PATH`, `HOME`, `SSH_AUTH_SOCK`, `GNUPGHOME`.
  package init(_ key: Key, environment: [String: String]) {
    self.key = key
    self.environment = environment
  }

  /// Signs the bytes of a commit, and returns the armoured signature.
  func sign(_ payload: [UInt8]) throws(GitError) -> String {
    switch key {
    case .ssh(let file): return try signWithSSH(file, payload, inAgent: false)
    case .sshAgent(let publicKey):
      return try withFile(of: Array((publicKey + "\n").utf8)) { (path) throws(GitError) in
        try signWithSSH(path, payload, inAgent: true)
      }
    case .openPGP(let name):
      return try run("gpg", ["--batch", "--no-tty", "-bsau", name], payload)
    }
  }

  private func signWithSSH(
    _ file: String, _ payload: [UInt8], inAgent: Bool
  ) throws(GitError) -> String {
    let words = ["-Y", "sign", "-n", "git", "-f", file] + (inAgent ? ["-U"] : [])
    return try run("ssh-keygen", words, payload)
  }

  private func run(
    _ program: String, _ words: [String], _ input: [UInt8]
  ) throws(GitError) -> String {
    guard let path = SpawnedProcess.find(program, in: environment) else {
      throw Self.failure("there is no \(program), which signs commits")
    }
    let answer: ChildProcess.Answer
    do {
      answer = try ChildProcess.run(
        [path] + words, environment: environment, input: input, keepsErrors: true)
    } catch {
      throw Self.failure("\(program) cannot be run: \(error)")
    }
    let text = String(decoding: answer.output, as: UTF8.self)
    guard answer.status == 0, text.hasPrefix("-----BEGIN ") else {
      let said = (answer.errors ?? "").split(whereSeparator: \.isNewline).joined(separator: "; ")
      throw Self.failure("\(program) does not sign: \(said)")
    }
    return text
  }

  private static func failure(_ message: String) -> GitError {
    GitError(code: .unsigned, call: "sign", message: message)
  }
}

/// Runs `body` with the path of a file that has those bytes, for as long as it takes.
func withFile<Value>(
  of bytes: [UInt8], _ body: (String) throws(GitError) -> Value
) throws(GitError) -> Value {
  let scratch: ScratchFile
  do {
    scratch = try ScratchFile()
    _ = try scratch.file.writeAll(bytes)
  } catch {
    throw GitError(
      code: .failed, call: "open", message: "no file in /tmp can be written: \(error)",
      category: .system)
  }
  defer { withExtendedLifetime(scratch) {} }
  return try body(scratch.path.string)
}
