import Curl
import Git
import HTTP
import SystemPackage

/// What git's configuration and variables say of servers of the web (git-config(1), `http.*`).
struct WebSettings {
  /// Proxies, certificates and who we say we are.
  let client: WebClient

  /// Header fields that are added to each request.
  let headers: HTTPHeaders
  let limits: HTTPTimeLimits

  /// - Parameters:
  ///   - lines: git's configuration in force.
  ///   - remote: the name of the remote that is spoken to, which may have a proxy of its own.
  ///   - limit: how long a server may be silent.
  init(
    for address: WebAddress, _ lines: [GitSetting], of remote: String, _ places: ClientPlaces,
    limit: Duration
  ) {
    let known = Self.settings(for: address, lines)
    let last = { (name: String) in known[name]?.last.flatMap { $0.isEmpty ? nil : $0 } }
    let variable = { (name: String) in
      places.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    let path = { (text: String) in
      text.hasPrefix("~/")
        ? (places.home ?? places.workingFolder).pushing(FilePath(String(text.dropFirst(2))))
        : places.workingFolder.pushing(FilePath(text))
    }
    var client = Client.webClient(places)
    client.userAgent =
      variable("GIT_HTTP_USER_AGENT") ?? last("useragent")
      // What is no git client by its name some servers send a page.
      ?? "git/2.0 (SmartContainers \(Client.version))"
    // An empty one is none, whatever the variables say.
    let own = lines.last { $0.name == "remote.\(remote).proxy" }?.value
    if let proxy = own ?? known["proxy"]?.last {
      (client.proxies.http, client.proxies.https) = (proxy, proxy)
    }
    let authority = variable("GIT_SSL_CAINFO") ?? last("sslcainfo")
    client.authority = authority.map(path) ?? client.authority
    client.certificate = (variable("GIT_SSL_CERT") ?? last("sslcert")).map(path)
    client.key = (variable("GIT_SSL_KEY") ?? last("sslkey")).map(path)
    client.isVerifying =
      variable("GIT_SSL_NO_VERIFY") == nil
      && !["false", "no", "off", "0"].contains(last("sslverify")?.lowercased())
    self.client = client
    headers = Self.headers(known["extraheader"] ?? [])
    limits = HTTPTimeLimits(connect: min(limit, .seconds(30)), idle: limit)
  }

  /// An empty value takes back those before it.
  private static func headers(_ lines: [String]) -> HTTPHeaders {
    var headers: HTTPHeaders = [:]
    for line in lines {
      guard let colon = line.firstIndex(of: ":") else {
        headers = [:]
        continue
      }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      headers.add(String(line[..<colon]), String(value))
    }
    return headers
  }

  /// The settings by their names, those of a URL that fits after those for all.
  private static func settings(
    for address: WebAddress, _ lines: [GitSetting]
  ) -> [String: [String]] {
    var found: [(rank: Int, name: String, value: String)] = []
    for line in lines where line.name.hasPrefix("http.") {
      let rest = line.name.dropFirst("http.".count)
      guard let dot = rest.lastIndex(of: ".") else {
        found.append((-1, String(rest), line.value))
        continue
      }
      guard let url = try? WebAddress(String(rest[..<dot])), fits(url, address) else { continue }
      found.append((url.target.utf8.count, String(rest[rest.index(after: dot)...]), line.value))
    }
    // Stable: of the same rank the later line counts.
    let sorted = found.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }
    return Dictionary(
      grouping: sorted.map(\.element), by: \.name
    ).mapValues { $0.map(\.value) }
  }

  private static func fits(_ pattern: WebAddress, _ address: WebAddress) -> Bool {
    guard pattern.scheme == address.scheme, pattern.port == address.port else { return false }
    let hosts = [pattern, address].map {
      $0.host.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    }
    guard hosts[0].count == hosts[1].count,
      zip(hosts[0], hosts[1]).allSatisfy({ $0 == "*" || $0 == $1 })
    else { return false }
    let path = pattern.target.hasSuffix("/") ? pattern.target : pattern.target + "/"
    return (address.target + "/").hasPrefix(path)
  }

  /// The target of a request below a repository.
  func target(of address: WebAddress, _ path: String) -> String {
    (address.target.hasSuffix("/") ? String(address.target.dropLast()) : address.target) + path
  }
}
