import Glibc
import Processes

/// Signs bytes as they are, with no more around them, as DSSE wants it.
///
/// It goes through an SSH agent: the user's where that has the key, else one of its own. It blocks,
/// and is used on one thread.
package final class RawSigner {
  /// The key that signs.
  package let key: SSHPublicKey
  private let agent: SSHAgent
  private let own: PrivateAgent?

  /// Finds the key of a signer.
  ///
  /// - Throws: `GitError` for a key that cannot be had, or signs no bytes as they are.
  package convenience init(_ signer: GitSigner) throws(GitError) {
    switch signer.key {
    case .openPGP(let name):
      throw Self.failure("\(name) is a key of OpenPGP, and attestations need one of SSH")
    case .sshAgent(let line):
      let key = try SSHPublicKey(line: line)
      guard let agent = Self.usersAgent(with: key, signer.environment) else {
        throw Self.failure("no SSH agent has the key \(key.fingerprint); ssh-add gives it one")
      }
      self.init(key, agent, nil)
    case .ssh(let file): try self.init(file, signer.environment)
    }
  }

  private convenience init(_ file: String, _ environment: [String: String]) throws(GitError) {
    let files = KeyFiles(file)
    let key = try files.publicLine.map { line throws(GitError) in try SSHPublicKey(line: line) }
    if let key, let agent = Self.usersAgent(with: key, environment) {
      self.init(key, agent, nil)
      return
    }
    guard access(files.privatePath, R_OK) == 0 else {
      throw Self.failure("\(files.privatePath) cannot be read, and no SSH agent has its key")
    }
    let own = try PrivateAgent(with: files.privatePath, environment: environment)
    let agent = try SSHAgent(at: own.socket)
    let keys = try agent.keys()
    guard let found = keys.first(where: { $0 == key }) ?? keys.first else {
      throw Self.failure(
        "\(file) is none of ssh-ed25519, ecdsa-sha2-nistp256 and ssh-rsa, which attestations need")
    }
    self.init(found, agent, own)
  }

  private init(_ key: SSHPublicKey, _ agent: SSHAgent, _ own: PrivateAgent?) {
    self.key = key
    self.agent = agent
    self.own = own
  }

  /// Signs bytes: 64 bytes of Ed25519, DER of ECDSA with SHA-256, or PKCS #1 v1.5 of RSA with
  /// SHA-256.
  package func sign(_ bytes: [UInt8]) throws(GitError) -> [UInt8] {
    let signature = try agent.sign(bytes, with: key)
    guard key.verifies(signature, of: bytes) else {
      throw Self.failure("what the SSH agent signed with \(key.fingerprint) does not fit")
    }
    return signature
  }

  private static func usersAgent(
    with key: SSHPublicKey, _ environment: [String: String]
  ) -> SSHAgent? {
    // One that is gone has no key.
    guard let path = environment["SSH_AUTH_SOCK"], !path.isEmpty,
      let agent = try? SSHAgent(at: path), let keys = try? agent.keys(), keys.contains(key)
    else { return nil }
    return agent
  }

  private static func failure(_ message: String) -> GitError {
    GitError(code: .unsigned, call: "sign", message: message)
  }
}
