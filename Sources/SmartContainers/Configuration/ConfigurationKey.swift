import HTTP
import Provenance

/// A setting of a user or a repository.
public enum ConfigurationKey: String, CaseIterable, Sendable {
  case agentName = "agent.name"
  case agentEmail = "agent.email"
  case agentORCID = "agent.orcid"
  case agentOrganization = "agent.organization"

  /// Which values of environment variables are kept out of records: `matching`, `all`, `none`.
  case redactionEnvironment = "redaction.env"

  /// Whether contexts that JSON-LD documents name are loaded from the web: `refused`, `allowed`.
  case contextRemote = "context.remote"

  /// Where ORCID's public API is: `https://pub.orcid.org/v3.0`.
  case orcidEndpoint = "orcid.endpoint"

  /// What the ports of containers serve: `8443=https:/api,8080=http`.
  case entryServices = "entry.http"

  /// The folders of containers that hold data: `/results,/data`.
  case entryFolders = "entry.folders"

  /// How many seconds a remote may be silent.
  case remoteTimeout = "remote.timeout"

  /// What commits are signed with: the path of an SSH key, a public key, or an OpenPGP key.
  case signingKey = "signing.key"

  /// The file of those whose signatures count (ssh-keygen(1), "ALLOWED SIGNERS").
  case allowedSigners = "signing.allowedSigners"

  /// The environment variable that overrides it: `SC_AGENT_NAME`.
  public var environmentName: String {
    let (dot, underscore) = (UInt8(ascii: "."), UInt8(ascii: "_"))
    let name = rawValue.uppercased().utf8.map { $0 == dot ? underscore : $0 }
    return "SC_" + String(decoding: name, as: UTF8.self)
  }

  /// Whether it says who somebody is, and is no policy.
  public var saysWho: Bool {
    [.agentName, .agentEmail, .agentORCID, .agentOrganization].contains(self)
  }

  /// The value when nobody set one; nil for none.
  public var defaultValue: String? {
    switch self {
    case .redactionEnvironment: "matching"
    case .contextRemote: ContextLoader.Policy.refused.rawValue
    case .orcidEndpoint: "https://pub.orcid.org/v3.0"
    case .remoteTimeout: "120"
    default: nil
    }
  }

  /// What it is for, in a few words.
  public var summary: String {
    switch self {
    case .agentName: "your name"
    case .agentEmail: "your e-mail address"
    case .agentORCID: "your ORCID iD, such as 0000-0002-1825-0097"
    case .agentOrganization: "where you work"
    case .redactionEnvironment: "which environment values records leave out: matching, all or none"
    case .orcidEndpoint: "where ORCID's public API is asked for names"
    case .entryServices: "what ports of containers serve, such as 8443=https:/api,8080=http"
    case .entryFolders: "the folders of containers that hold data, such as /results,/data"
    case .remoteTimeout: "how many seconds a remote may be silent"
    case .signingKey: "what commits are signed with: the path of an SSH key, or an OpenPGP key"
    case .allowedSigners: "the file of those whose signatures count, as ssh-keygen has it"
    case .contextRemote: "whether contexts of JSON-LD come from the web: refused or allowed"
    }
  }

  /// Checks a value and returns it in the form in which it is kept.
  ///
  /// - Throws: `SmartContainersError` of code `usage` that says what is wrong.
  public func normalized(_ value: String) throws(SmartContainersError) -> String {
    let text = Self.trimmed(value)
    guard !text.isEmpty, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else {
      throw SmartContainersError(.usage, "\(rawValue) must be one line of text")
    }
    switch self {
    case .agentORCID:
      do throws(ORCIDError) {
        return try ORCID(text).iri
      } catch {
        throw SmartContainersError(
          .usage, "\(error)",
          hint: "Find yours at https://orcid.org; it looks like 0000-0002-1825-0097.")
      }
    case .agentEmail:
      let halves = text.split(separator: "@", omittingEmptySubsequences: false)
      guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty }),
        !text.contains(where: { $0 == "<" || $0 == ">" || $0.isWhitespace })
      else { throw SmartContainersError(.usage, "\(text) is no e-mail address") }
      return text
    case .redactionEnvironment:
      guard Redactor.Policy(rawValue: text) != nil else {
        throw SmartContainersError(.usage, "\(rawValue) is matching, all or none, not \(text)")
      }
      return text
    case .contextRemote:
      guard ContextLoader.Policy(rawValue: text) != nil else {
        throw SmartContainersError(.usage, "\(rawValue) is refused or allowed, not \(text)")
      }
      return text
    case .orcidEndpoint:
      do throws(WebError) {
        _ = try WebAddress(text)
      } catch {
        throw SmartContainersError(.usage, "\(rawValue): \(error.message)")
      }
      return text.hasSuffix("/") ? String(text.dropLast()) : text
    case .entryServices:
      _ = try EntryDeclarations(services: text, folders: nil)
      return text
    case .entryFolders:
      _ = try EntryDeclarations(services: nil, folders: text)
      return text
    case .remoteTimeout:
      guard let seconds = Int(text), seconds > 0, seconds <= 86_400 else {
        throw SmartContainersError(.usage, "\(rawValue) is a number of seconds, not \(text)")
      }
      return text
    case .signingKey, .allowedSigners:
      let isKey = self == .signingKey && !text.contains("/") || text.contains(" ")
      guard text.hasPrefix("/") || isKey else {
        throw SmartContainersError(.usage, "\(rawValue): write the whole path, from /, not \(text)")
      }
      return text
    case .agentName, .agentOrganization: return text
    }
  }

  private static func trimmed(_ text: String) -> String {
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
