import Canonical
import DockerEngine
import Glibc
import Processes

/// A program that keeps credentials for docker: `docker-credential-NAME`.
///
/// Secrets go through its standard input and output, never through its arguments.
///
/// Source: docker/docker-credential-helpers, README.md and client/client.go.
struct CredentialHelper: Sendable {
  let name: String
  let environment: [String: String]

  /// The user's name that stands for an identity token.
  private static let tokenUser = "<token>"

  /// What a helper says when it has nothing; the protocol has no other sign for it.
  private static let notFound = "credentials not found in native keychain"

  /// What it has for a registry; nil for nothing.
  func get(_ server: String) async throws -> RegistryCredentials? {
    let answer = try await run("get", input: server)
    let text = answer.output.trimmed
    if answer.status != 0, text == Self.notFound { return nil }
    try check(answer, "get")
    guard let json = try? JSONValue(parsing: Array(answer.output.utf8)),
      let user = json["Username"]?.string, let secret = json["Secret"]?.string
    else { throw failure("get", "its answer makes no sense") }
    if secret.isEmpty { return nil }
    return RegistryCredentials(
      server: server,
      proof: user == Self.tokenUser
        ? .identityToken(secret) : .password(user: user, password: secret))
  }

  /// The registries that it has something for.
  func list() async throws -> [String] {
    let answer = try await run("list", input: "")
    try check(answer, "list")
    guard let users = (try? JSONValue(parsing: Array(answer.output.utf8)))?.object else {
      throw failure("list", "its answer makes no sense")
    }
    return users.keys.sorted()
  }

  func store(_ credentials: RegistryCredentials) async throws {
    let entry: JSONValue = [
      "ServerURL": .string(credentials.server),
      "Username": .string(credentials.user ?? Self.tokenUser),
      "Secret": .string(credentials.secret),
    ]
    try check(try await run("store", input: entry.text()), "store")
  }

  func erase(_ server: String) async throws {
    try check(try await run("erase", input: server), "erase")
  }

  private struct Answer: Sendable {
    let status: Int32
    let output: String
  }

  private func check(_ answer: Answer, _ action: String) throws(SmartContainersError) {
    guard answer.status != 0 else { return }
    let words = answer.output.trimmed
    throw failure(action, words.isEmpty ? "it ended with status \(answer.status)" : words)
  }

  private func failure(_ action: String, _ why: String) -> SmartContainersError {
    SmartContainersError(
      .failed, "docker-credential-\(name) \(action): \(why)",
      hint: "credsStore and credHelpers in docker's config.json name the program.")
  }

  private func run(_ action: String, input: String) async throws -> Answer {
    guard let program else { throw failure(action, "there is no such program in PATH") }
    do {
      let answer = try await BlockingWork.run { [environment] in
        try ChildProcess.run([program, action], environment: environment, input: Array(input.utf8))
      }
      return Answer(
        status: answer.status, output: String(decoding: answer.output, as: UTF8.self))
    } catch {
      throw failure(action, "\(error)")
    }
  }

  private var program: String? {
    guard name.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "/") }) else { return nil }
    return (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
      .map { "\($0)/docker-credential-\(name)" }.first { access($0, X_OK) == 0 }
  }
}

extension String {
  /// Without the blanks and line feeds around it.
  fileprivate var trimmed: String {
    let isBlank = { (character: Character) in character.isWhitespace }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
