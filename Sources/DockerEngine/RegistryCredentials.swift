import Canonical

/// What proves to a registry who is asking.
///
/// Neither its description nor a dump of it shows the secret.
public struct RegistryCredentials: Sendable, Hashable {
  /// The kinds of proof.
  public enum Proof: Sendable, Hashable {
    /// A user's name and password.
    case password(user: String, password: String)
    /// What a registry gave in exchange for a password.
    case identityToken(String)
  }

  /// The registry as docker's configuration names it: `127.0.0.1:5000`, or
  /// `https://index.docker.io/v1/` for the public hub.
  public var server: String
  public var proof: Proof

  public init(server: String, proof: Proof) {
    self.server = server
    self.proof = proof
  }

  /// Credentials of a user's name and password.
  public init(server: String, user: String, password: String) {
    self.init(server: server, proof: .password(user: user, password: password))
  }

  /// The user's name; nil where only a token is known.
  public var user: String? {
    if case .password(let user, _) = proof { user } else { nil }
  }

  /// The password or the token.
  public var secret: String {
    switch proof {
    case .password(_, let password): password
    case .identityToken(let token): token
    }
  }

  /// Source: Engine API 1.41, AuthConfig.
  var json: JSONValue {
    switch proof {
    case .password(let user, let password):
      [
        "username": .string(user), "password": .string(password),
        "serveraddress": .string(server),
      ]
    case .identityToken(let token):
      ["identitytoken": .string(token), "serveraddress": .string(server)]
    }
  }

  /// The value of `X-Registry-Auth`. An engine refuses a push without one: nobody is `{}`.
  static func header(_ credentials: RegistryCredentials?) -> String {
    Base64.encode((credentials?.json ?? [:]).bytes(), isForURLs: true)
  }

  /// The value of `X-Registry-Config`, by which a build may pull from any registry; nil for none.
  ///
  /// Source: Engine API 1.41, POST /build.
  static func buildHeader(_ credentials: [RegistryCredentials]) -> String? {
    guard !credentials.isEmpty else { return nil }
    let members = credentials.map { ($0.server, $0.json) }
    return Base64.encode(
      JSONValue.object(Dictionary(members, uniquingKeysWith: { $1 })).bytes(), isForURLs: true)
  }
}

extension RegistryCredentials: CustomStringConvertible, CustomReflectable {
  public var description: String { "credentials for \(server)" }
  public var customMirror: Mirror { Mirror(self, children: ["server": server]) }
}

extension RegistryCredentials {
  /// Reads an entry of `auths` in docker's configuration; nil when it holds no secret.
  ///
  /// Source: docker/cli, cli/config/types/authconfig.go.
  public init?(server: String, configuration entry: JSONValue) {
    if let token = entry["identitytoken"]?.string, !token.isEmpty {
      self.init(server: server, proof: .identityToken(token))
      return
    }
    var halves = (entry["username"]?.string ?? "", entry["password"]?.string ?? "")
    if let auth = entry["auth"]?.string, !auth.isEmpty {
      guard let bytes = Base64.decode(auth) else { return nil }
      let pair = bytes.split(
        separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { return nil }
      // Old clients padded the password with zeros.
      let password = pair[1].prefix { $0 != 0 }
      halves = (String(decoding: pair[0], as: UTF8.self), String(decoding: password, as: UTF8.self))
    }
    guard !halves.0.isEmpty, !halves.1.isEmpty else { return nil }
    self.init(server: server, user: halves.0, password: halves.1)
  }

  /// The entry of `auths` in docker's configuration.
  public var configurationEntry: JSONValue {
    switch proof {
    case .password(let user, let password):
      ["auth": .string(Base64.encode("\(user):\(password)".utf8))]
    case .identityToken(let token): ["identitytoken": .string(token)]
    }
  }
}
