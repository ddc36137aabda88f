import Canonical
import Git
import HTTP

/// Why large content, or one object of it, was not transferred.
struct ContentError: Error, Sendable, CustomStringConvertible {
  /// The kinds that are told apart.
  enum Kind: Sendable {
    /// The remote does not speak Git LFS.
    case noServer

    /// It speaks it, and said no.
    case refused

    /// It does not have that object.
    case missing

    /// It wants other credentials.
    case authentication

    /// Another attempt may do better.
    case transient
  }

  let kind: Kind

  /// What happened, in one sentence without a full stop.
  let message: String

  /// How long the server wants to be left alone; nil where it does not say.
  var pause: Duration?

  init(_ kind: Kind, _ message: String, pause: Duration? = nil) {
    self.kind = kind
    self.message = message
    self.pause = pause
  }

  var description: String { message }
}

extension ContentError {
  /// The most of a server's own words that is shown.
  private static let wordLimit = 500

  /// What a server says of one object.
  init(object json: JSONValue) {
    let code = json["code"]?.integer.flatMap { Int(exactly: $0) } ?? 0
    self.init(
      Self.kind(ofObject: code), Self.sentence(of: code, json["message"]?.string))
  }

  private static func kind(ofObject code: Int) -> Kind {
    switch code {
    case 404, 410: .missing
    case 401: .authentication
    default: isTransient(code) ? .transient : .refused
    }
  }

  private static func sentence(of code: Int, _ said: String?) -> String {
    let known: [Int: String] = [
      401: "the server wants to know who asks", 403: "the server lets you not do that",
      404: "the server does not have it", 407: "the proxy wants to know who asks",
      410: "it was removed from the server",
      413: "it is larger than the server takes", 422: "the server does not take it",
      429: "the server is asked too often", 507: "the server's disk is full",
      509: "the server's bandwidth is used up",
    ]
    let text = "\(known[code] ?? "the server failed") (\(code))"
    guard let said, !said.isEmpty else { return text }
    // Of one line, so that it looks like nothing else that is said.
    let line = said.prefix(wordLimit).split(whereSeparator: \.isNewline).joined(separator: " ")
    return "\(text): \(line)"
  }

  /// Whether a request that got that status may be made again.
  private static func isTransient(_ status: Int) -> Bool {
    [408, 429, 500, 502, 503, 504].contains(status)
  }

  /// A request that got another status than it should.
  ///
  /// - Parameter isBatch: whether the batch API itself was asked; else one object's bytes.
  init(status: Int, headers: HTTPHeaders, body: [UInt8], isBatch: Bool) {
    let said = try? JSONValue(parsing: body)
    let kind: Kind =
      switch status {
      case 404, 405, 410, 501: isBatch ? .noServer : .missing
      case 401: isBatch ? .authentication : .transient
      case 407: .authentication
      // What was allowed may have been so for a short time.
      case 403: isBatch ? .authentication : .transient
      default: Self.isTransient(status) ? .transient : .refused
      }
    let seconds = headers["Retry-After"].flatMap { Int($0) }
    self.init(
      kind, Self.sentence(of: status, said?["message"]?.string),
      pause: seconds.map { .seconds(max(0, $0)) })
  }

  /// A request that got no answer.
  init(_ error: TransportError, at address: WebAddress) {
    let message = GitRemoteError(error, at: address).description
    switch error.code {
    case .proxyAuthentication: self.init(.authentication, message)
    case .refused, .unknownHost, .untrustedEngine, .clientCertificate, .tlsMismatch,
      .certificateFile, .permissionDenied:
      self.init(.refused, message)
    default: self.init(.transient, message)
    }
  }
}
