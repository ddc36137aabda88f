import Foundation
import SystemPackage

/// A git server of the test's own: `Tests/Servers/git.py` says what each kind is.
///
/// It ends with this object.
package final class TestGitServer: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case http, https, ssh, daemon, lfs
    case lfsWithPassword = "lfs-auth"
  }

  /// `http://127.0.0.1:PORT`, and so on.
  package let address: String

  package let kind: Kind

  /// Where its repositories and keys are.
  package let folder: FilePath

  /// The only user of `http`, `https` and `lfsWithPassword`.
  package let user = "ada"

  /// The user's password, which no other text contains.
  package let password: String

  private let process: RunningCommand

  package init(_ kind: Kind) async throws {
    self.kind = kind
    password = "pw:Zq8\(UInt64.random(in: .min ... .max))/x"
    folder = try TemporaryFolder.make()
    process = try RunningCommand(
      [
        "/usr/bin/python3", Project.root.pushing("Tests/Servers/git.py").string, folder.string,
        kind.rawValue,
      ],
      environment: ProcessInfo.processInfo.environment.merging(
        Project.lfsEnvironment.map { ["LFS_VENV": $0.string] } ?? [:]
      ) { $1 },
      timeLimit: .seconds(24 * 3600))
    process.write("\(user):\(password)\n".utf8)
    address = try await process.output { $0.hasSuffix("\n") }
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  // It removes its folder when it is told to end, and is killed with this object's process.
  deinit {
    process.signal(SIGTERM)
    for _ in 0..<60 where FileManager.default.fileExists(atPath: folder.string) { usleep(50_000) }
  }

  /// Makes an empty repository.
  ///
  /// - Returns: its folder.
  @discardableResult
  package func makeRepository(_ name: String) async throws -> FilePath {
    let path = folder.pushing(FilePath("git/\(name).git"))
    try await Command.check(["git", "init", "-q", "--bare", "-b", "main", path.string])
    return path
  }

  /// The address of a repository, for whoever has the password or the key.
  package func url(of name: String) -> String {
    let place = address.replacingOccurrences(of: "://", with: "://\(user):\(encodedPassword)@")
    return switch kind {
    case .http, .https: "\(place)/git/\(name).git"
    case .ssh: "\(address)\(folder)/git/\(name).git"
    case .daemon: "\(address)/\(name).git"
    case .lfs: "\(address)/lab/\(name).git/info/lfs"
    case .lfsWithPassword: "\(place)/lab/\(name).git/info/lfs"
    }
  }

  /// The address without user and password.
  package func bareURL(of name: String) -> String { "\(address)/git/\(name).git" }

  package var encodedPassword: String {
    password.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }

  /// What `sc` and git need to trust it, and to be let in.
  package var variables: [String: String] {
    [
      "GIT_SSL_CAINFO": "\(folder)/ca.crt",
      "GIT_SSH_COMMAND": "ssh -F '\(folder)/ssh_config' -i '\(folder)/id_ed25519'"
        + " -o UserKnownHostsFile='\(folder)/known_hosts' -o BatchMode=yes",
    ]
  }

  /// Whether tests with a server of large content, and the real git-lfs, run.
  package static let hasLFS =
    isAvailable && Project.lfsEnvironment != nil
    && FileManager.default.isExecutableFile(atPath: "/usr/bin/git-lfs")
    || ProcessInfo.processInfo.environment["CI"] != nil

  /// Whether tests with a server run: where `CI` is set they always do, and fail where it cannot be
  /// started.
  package static let isAvailable =
    ["/usr/sbin/lighttpd", "/usr/sbin/nginx", "/usr/sbin/sshd", "/usr/bin/git"].allSatisfy {
      FileManager.default.isExecutableFile(atPath: $0)
    } || ProcessInfo.processInfo.environment["CI"] != nil
}
