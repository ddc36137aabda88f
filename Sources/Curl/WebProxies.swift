import HTTP

/// The proxies through which the web is reached, as curl's users name them.
///
/// Source: curl(1), "ENVIRONMENT". `http_proxy` counts in lower case only: a CGI program gets the
/// other from whoever asks it something.
public struct WebProxies: Sendable, Equatable {
  /// The proxy's URL for each scheme; nil for none.
  public var http: String?
  public var https: String?

  /// Hosts that are reached without, separated by commas; `*` for all.
  public var exceptions = ""

  public init() {}

  /// The proxies that the variables of a process name.
  public init(environment: [String: String]) {
    let first = { (names: [String]) in
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    http = first(["http_proxy", "all_proxy", "ALL_PROXY"])
    https = first(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
    exceptions = first(["no_proxy", "NO_PROXY"]) ?? ""
  }

  func proxy(for scheme: WebAddress.Scheme) -> WebProxy? {
    (scheme == .http ? http : https).map { WebProxy(url: $0, exceptions: exceptions) }
  }
}

/// A proxy, unless the host is an exception.
struct WebProxy: Sendable, Equatable {
  var url: String
  var exceptions: String
}
