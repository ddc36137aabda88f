import Processes
import SystemPackage

/// Connects to the remotes that have a stream of bytes each way: folders of this machine, by git
/// itself; `ssh`, by the user's own; and git's own protocol, by TCP.
///
/// A folder is served by git, as git does it, so that its hooks run.
package struct DirectConnector: GitConnector {
  private let address: GitAddress
  private let environment: [String: String]

  /// The user's `ssh`, as a shell has it; nil for the one in `PATH`.
  private let sshCommand: String?
  private let patience: DescriptorConnection.Patience

  package let isStateless = false

  /// - Parameters:
  ///   - address: not one of HTTP.
  ///   - settings: git's configuration, for `core.sshCommand`.
  ///   - environment: `GIT_SSH_COMMAND`, `GIT_SSH`, and what the programs get.
  ///   - limit: how long the remote may be silent.
  ///   - isCancelled: asked while the remote is waited for.
  package init(
    to address: GitAddress, _ settings: [GitSetting], environment: [String: String],
    limit: Duration, isCancelled: @escaping () -> Bool
  ) {
    self.address = address
    self.environment = environment.filter { !Self.ownVariables.contains($0.key) }
    sshCommand =
      environment["GIT_SSH_COMMAND"] ?? settings.last { $0.name == "core.sshcommand" }?.value
    patience = DescriptorConnection.Patience(limit: limit, isCancelled: isCancelled)
  }

  /// What git sets for itself, and means another repository (git-rev-parse(1), `--local-env-vars`).
  private static let ownVariables: Set<String> = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS",
    "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
    "GIT_PROTOCOL", "GIT_QUARANTINE_PATH", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
  ]

  package func connect(
    _ service: GitService, isAdvertising: Bool
  ) throws -> any GitConnection {
    switch address {
    case .local(let path): try connectLocally(service, path)
    case .ssh(let user, let host, let port, let path):
      try connectSecurely(service, user.map { "\($0)@\(host)" } ?? host, port, path)
    case .git(let host, let port, let path): try connectPlainly(service, host, port, path)
    case .http:
      throw GitRemoteError(.address, "what is reached over HTTP is not reached directly")
    }
  }

  private func connectLocally(
    _ service: GitService, _ path: String
  ) throws -> any GitConnection {
    guard let git = SpawnedProcess.find("git", in: environment) else {
      throw GitRemoteError(.missingProgram, "there is no git, which serves a folder as a remote")
    }
    let command = String(service.rawValue.dropFirst("git-".count))
    return try CommandConnection(
      [git, command, try plain(path)], environment: environment, named: "git \(command)",
      patience)
  }

  private func connectSecurely(
    _ service: GitService, _ place: String, _ port: Int?, _ path: String
  ) throws -> any GitConnection {
    var words = port.map { ["-p", String($0)] } ?? []
    words += [try plain(place), "\(service.rawValue) \(Self.quoted(try plain(path)))"]
    if let sshCommand {
      let shell = ["/bin/sh", "-c", sshCommand + " \"$@\"", sshCommand]
      return try CommandConnection(
        shell + words, environment: environment, named: "ssh", patience)
    }
    guard let program = SpawnedProcess.find(environment["GIT_SSH"] ?? "ssh", in: environment)
    else {
      throw GitRemoteError(.missingProgram, "there is no ssh (Debian package openssh-client)")
    }
    return try CommandConnection(
      [program] + words, environment: environment, named: "ssh", patience)
  }

  private func connectPlainly(
    _ service: GitService, _ host: String, _ port: Int, _ path: String
  ) throws -> any GitConnection {
    let connection = try SocketConnection(host: host, port: port, patience)
    let request = Array("\(service.rawValue) \(path)\0host=\(host):\(port)\0".utf8)
    let length = String(request.count + 4, radix: 16)
    let line = Array((String(repeating: "0", count: 4 - length.count) + length).utf8) + request
    try line.withUnsafeBytes { try connection.write($0) }
    return connection
  }

  /// Refuses what a program would take for an option.
  private func plain(_ word: String) throws -> String {
    guard !word.hasPrefix("-") else {
      throw GitRemoteError(.address, "an address has a part that begins with a hyphen: \(word)")
    }
    return word
  }

  /// A word as the shell of the other side takes it.
  private static func quoted(_ word: String) -> String {
    var text = "'"
    for character in word {
      text += character == "'" || character == "!" ? "'\\\(character)'" : String(character)
    }
    return text + "'"
  }
}
