import Curl
import Git
import HTTP
import Processes
import SystemPackage

/// Who we say we are to a server of the web: what the address says, `~/.netrc`, or git's own
/// credential helpers, which may ask the user.
///
/// Source: gitcredentials(7), git-credential(1).
final class CredentialSource {
  /// What is shown to the server; nil for nothing.
  private(set) var current: WebCredentials?

  /// Whether the helpers gave it, and are told what came of it.
  private var isHelpers = false
  private var helperAnswer: [UInt8] = []

  private var tries = 0
  private let environment: [String: String]

  /// The name that the address gives.
  private var user: String?

  /// How often other credentials are tried.
  private static let limit = 3

  /// - Parameter netrc: the file's text; nil for none.
  init(
    for address: WebAddress, netrc: String?, environment: [String: String], gitFolder: FilePath
  ) {
    // The history's own configuration may name helpers.
    self.environment = environment.merging(["GIT_DIR": gitFolder.string]) { $1 }
    let stated = WebCredentials(address)
    user = stated?.user
    if let stated, !stated.password.isEmpty {
      current = stated
    } else {
      current = netrc.flatMap { Netrc(parsing: $0).credentials(for: address.host, user: user) }
    }
  }

  /// Shows nothing any more to a server that another one led to.
  func forget() {
    current = nil
    isHelpers = false
    user = nil
  }

  /// Takes other credentials, after the server has refused those before.
  ///
  /// - Returns: false when there are no others.
  func next(for address: WebAddress) throws -> Bool {
    if isHelpers { try tell("reject") }
    isHelpers = false
    guard tries < Self.limit else { return false }
    tries += 1
    var question = "protocol=\(address.scheme.rawValue)\nhost=\(address.host)"
    if address.port != address.scheme.port { question += ":\(address.port)" }
    question += "\npath=\(address.target.dropFirst())\n"
    if let user { question += "username=\(user)\n" }
    guard let answer = try ask("fill", Array((question + "\n").utf8)) else { return false }
    var values: [Substring: String] = [:]
    for line in String(decoding: answer, as: UTF8.self).split(whereSeparator: \.isNewline) {
      guard let equals = line.firstIndex(of: "=") else { continue }
      values[line[..<equals]] = String(line[line.index(after: equals)...])
    }
    guard let user = values["username"], let password = values["password"] else { return false }
    let found = WebCredentials(user: user, password: password)
    // A helper that knows only what was refused has nothing else.
    if found == current { return false }
    current = found
    helperAnswer = answer
    isHelpers = true
    return true
  }

  /// Tells the helpers that the server took what they gave.
  func approve() throws {
    guard isHelpers else { return }
    isHelpers = false
    try tell("approve")
  }

  private func tell(_ action: String) throws { _ = try ask(action, helperAnswer + [0x0A]) }

  /// - Returns: what git answered; nil when it knows nothing.
  private func ask(_ action: String, _ input: [UInt8]) throws -> [UInt8]? {
    guard let git = SpawnedProcess.find("git", in: environment) else { return nil }
    do {
      let answer = try ChildProcess.run(
        [git, "credential", action], environment: environment, input: input)
      return answer.status == 0 ? answer.output : nil
    } catch {
      throw GitRemoteError(.authentication, "git credential \(action) cannot be run: \(error)")
    }
  }
}
