import Glibc
import Processes
import SystemPackage

/// A connection to an agent that has private keys and signs with them.
///
/// Source: draft-miller-ssh-agent.
final class SSHAgent {
  /// The longest message of OpenSSH's agent.
  private static let messageLimit = 256 << 10

  private enum Code {
    static let requestIdentities: UInt8 = 11
    static let identities: UInt8 = 12
    static let requestSignature: UInt8 = 13
    static let signature: UInt8 = 14
  }

  private let socket: FileDescriptor

  /// Connects to the agent that listens there.
  init(at path: String) throws(GitError) {
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Self.failure("no socket", Errno(rawValue: errno)) }
    socket = FileDescriptor(rawValue: descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw Self.failure("the path of its socket is too long", nil)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0 else { throw Self.failure(path, Errno(rawValue: errno)) }
  }

  deinit { try? socket.close() }

  /// The public halves of its keys that can sign bytes as they are.
  func keys() throws(GitError) -> [SSHPublicKey] {
    var answer = try ask([Code.requestIdentities])
    guard answer.byte() == Code.identities, let count = answer.number() else {
      throw Self.failure("it tells no keys", nil)
    }
    var keys: [SSHPublicKey] = []
    for _ in 0..<count {
      guard let blob = answer.string(), answer.string() != nil else {
        throw Self.failure("its list of keys is cut short", nil)
      }
      if let key = try? SSHPublicKey(blob: blob) { keys.append(key) }
    }
    return keys
  }

  /// Signs bytes as they are; it waits as long as somebody is asked.
  func sign(_ bytes: [UInt8], with key: SSHPublicKey) throws(GitError) -> [UInt8] {
    var request = [Code.requestSignature]
    request.append(sshString: key.blob)
    request.append(sshString: bytes)
    request.append(sshNumber: key.agentFlags)
    guard request.count <= Self.messageLimit else {
      throw Self.failure(
        "it signs at most \(Self.messageLimit) bytes, and these are \(request.count)", nil)
    }
    var answer = try ask(request)
    guard answer.byte() == Code.signature, let content = answer.string(),
      let signature = key.signature(inAnswer: content)
    else { throw Self.failure("it does not sign with the key \(key.fingerprint)", nil) }
    return signature
  }

  private func ask(_ request: [UInt8]) throws(GitError) -> SSHMessage {
    do {
      var message: [UInt8] = []
      message.append(sshString: request)
      _ = try BrokenPipe.asError { try socket.writeAll(message) }
      var head = SSHMessage(try read(4))
      guard let count = head.number(), count <= Self.messageLimit else { throw Errno.badMessage }
      return SSHMessage(try read(Int(count)))
    } catch {
      throw Self.failure("it ends the conversation", error as? Errno)
    }
  }

  private func read(_ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let more = try bytes.withUnsafeMutableBytes {
        try socket.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
      }
      guard more > 0 else { throw Errno.connectionReset }
      filled += more
    }
    return bytes
  }

  private static func failure(_ what: String, _ errno: Errno?) -> GitError {
    GitError(
      code: .unsigned, call: "agent",
      message: "the SSH agent: \(what)" + (errno.map { ": \($0)" } ?? ""))
  }
}
