import Foundation
import SystemPackage
import TestSupport
import Testing

/// `sc push`, `fetch` and `pull` through a real proxy, wherever git goes through it.
@Suite(.enabled(if: TestGitServer.isAvailable)) struct ProxyCommandTests {
  private static let password = "pr:Xy7/z w"

  /// A history with one commit, and a remote.
  private func bench(_ url: String) async throws -> Workbench {
    let bench = try await Workbench()
    try await bench.check("config", "set", "agent.name", "Ada")
    try await bench.check("remote", "add", "origin", url)
    return bench
  }

  /// The variables of the environment that name a proxy.
  private func variables(_ proxy: String) -> [String: String] {
    ["http_proxy": proxy, "https_proxy": proxy]
  }

  @Test(arguments: [TestGitServer.Kind.http, .https], [nil, Self.password])
  func sharesThroughIt(_ kind: TestGitServer.Kind, _ password: String?) async throws {
    let server = try await TestGitServer(kind)
    let repository = try await server.makeRepository("lab")
    let proxy = try await TestProxy(password: password)
    let (ada, bob) = (
      try await bench(server.url(of: "lab")), try await bench(server.url(of: "lab"))
    )
    try await ada.configure("http.proxy", proxy.url)
    let pushed = try await ada.sc("push", variables: server.variables)
    #expect(pushed.status == 0, "\(pushed.error)")
    let place = server.address.drop { $0 != "/" }.dropFirst(2)
    let asked = try proxy.requests()
    if kind == .https {
      // What is meant for the server is not for the proxy to read.
      let line = "CONNECT \(place) 200" + (password == nil ? "" : " proxy-authorization")
      #expect(!asked.isEmpty && asked.allSatisfy { $0 == line }, "\(asked)")
    } else {
      let url = "http://\(place)/git/lab.git"
      #expect(asked.contains { $0.hasPrefix("GET \(url)/info/refs?service=git-receive-pack") })
      #expect(asked.contains { $0.hasPrefix("POST \(url)/git-receive-pack -") }, "\(asked)")
      #expect(asked.allSatisfy { $0.hasSuffix("proxy-authorization") == (password != nil) })
    }
    let pulled = try await bob.sc(
      "pull", variables: server.variables.merging(variables(proxy.url)) { $1 })
    #expect(pulled.status == 0, "\(pulled.error)")
    #expect(try !proxy.requests().isEmpty)
    let tips = try await [ada.history, repository].asyncMap {
      try await Command.check(["git", "--git-dir", $0.string, "rev-parse", "main"])
        .trimmingCharacters(in: .newlines)
    }
    #expect(tips[0] == tips[1])
    let joined = try await Command.run(
      ["git", "--git-dir", bob.history.string, "merge-base", "--is-ancestor", tips[0], "main"])
    #expect(joined.status == 0)
  }

  @Test(arguments: [TestGitServer.Kind.http, .https])
  func saysWhenTheProxyWantsAPassword(_ kind: TestGitServer.Kind) async throws {
    let server = try await TestGitServer(kind)
    try await server.makeRepository("lab")
    let proxy = try await TestProxy(password: Self.password)
    let bench = try await bench(server.url(of: "lab"))
    for url in [proxy.bareURL, proxy.bareURL.replacingOccurrences(of: "//", with: "//ada:wr0ng@")] {
      let refused = try await bench.sc(
        "fetch", variables: server.variables.merging(variables(url)) { $1 })
      #expect(refused.status == 4, "\(refused.error)")
      #expect(refused.error.contains("the proxy wants to know who asks"), "\(refused.error)")
      #expect(!refused.error.contains("wr0ng"))
      #expect(try proxy.requests().allSatisfy { $0.contains(" 407") })
    }
  }

  @Test func saysWhenTheProxyDoesNotLeadThere() async throws {
    let server = try await TestGitServer(.https)
    let proxy = try await TestProxy()
    let bench = try await bench("https://127.0.0.1:1/lab.git")
    let refused = try await bench.sc(
      "fetch", variables: server.variables.merging(variables(proxy.url)) { $1 })
    #expect(refused.status == 1)
    #expect(refused.error.contains("the proxy does not lead to"), "\(refused.error)")
    #expect(refused.error.contains("502"))
  }

  /// A choice of proxy: what git's configuration and the variables say, where `PROXY` is one.
  struct Choice: Sendable, CustomTestStringConvertible {
    let settings: [[String]]
    let variables: [String: String]
    let isProxied: Bool
    var testDescription: String { "\(settings) \(variables)" }

    init(_ settings: [[String]] = [], _ variables: [String: String] = [:], _ isProxied: Bool) {
      (self.settings, self.variables, self.isProxied) = (settings, variables, isProxied)
    }
  }

  static let choices = [
    Choice([], ["http_proxy": "PROXY"], true),
    Choice([], ["all_proxy": "PROXY"], true),
    // It could be a header field `Proxy` of whoever asks a CGI program.
    Choice([], ["HTTP_PROXY": "PROXY"], false),
    Choice([], ["https_proxy": "PROXY"], false),
    Choice([], ["http_proxy": "PROXY", "no_proxy": "127.0.0.1"], false),
    Choice([], ["http_proxy": "PROXY", "no_proxy": "example.org,*"], true),
    Choice([], ["http_proxy": "PROXY", "no_proxy": "*"], false),
    Choice([["http.proxy", "PROXY"]], ["NO_PROXY": "example.org,127.0.0.1"], false),
    Choice([["http.proxy", "PROXY"]], ["no_proxy": "example.org"], true),
    Choice([["http.proxy", ""]], ["http_proxy": "PROXY"], false),
    Choice([["http.proxy", "http://127.0.0.1:1"], ["http.SERVER.proxy", "PROXY"]], [:], true),
    Choice([["http.proxy", "PROXY"], ["http.SERVER.proxy", ""]], [:], false),
    Choice([["http.proxy", "http://127.0.0.1:1"], ["remote.origin.proxy", "PROXY"]], [:], true),
    Choice([["http.proxy", "PROXY"], ["remote.origin.proxy", ""]], [:], false),
    Choice([["remote.origin.proxy", ""]], ["http_proxy": "PROXY"], false),
    Choice([["remote.other.proxy", "PROXY"]], [:], false),
  ]

  @Test func choosesItAsGitDoes() async throws {
    let server = try await TestGitServer(.http)
    try await server.makeRepository("lab")
    let proxy = try await TestProxy()
    let bench = try await bench(server.url(of: "lab"))
    let filled = { (text: String) in
      text.replacingOccurrences(of: "PROXY", with: proxy.url)
        .replacingOccurrences(of: "SERVER", with: server.address)
    }
    for choice in Self.choices {
      for setting in choice.settings {
        try await bench.configure(filled(setting[0]), filled(setting[1]))
      }
      let variables = choice.variables.mapValues(filled)
      let git = try await bench.run(
        ["git", "--git-dir", bench.history.string, "ls-remote", "origin"], variables: variables)
      #expect(git.status == 0, "git, \(choice): \(git.error)")
      #expect(try proxy.requests().isEmpty != choice.isProxied, "git, \(choice)")
      let fetched = try await bench.sc("fetch", variables: variables)
      #expect(fetched.status == 0, "\(choice): \(fetched.error)")
      #expect(try proxy.requests().isEmpty != choice.isProxied, "\(choice)")
      for setting in choice.settings { try await bench.configure("--unset", filled(setting[0])) }
    }
  }
}
