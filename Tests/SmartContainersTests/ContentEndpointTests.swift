import HTTP
import SystemPackage
import Testing

@testable import Git
@testable import History
@testable import SmartContainers

/// Where large content is: what git-lfs 3.3 says of the same settings.
@Suite struct ContentEndpointTests {
  private func endpoint(
    _ url: String, for direction: ContentDirection = .download, push: String? = nil,
    _ settings: [String: String] = [:]
  ) throws -> ContentEndpoint {
    try ContentEndpoint(
      of: HistoryRemote(GitRemote(name: "origin", url: url, pushURL: push)), for: direction,
      settings.map { GitSetting(name: $0.key, value: $0.value) })
  }

  @Test(arguments: [
    ("https://h.example/lab/x.git", "https://h.example/lab/x.git/info/lfs"),
    ("https://h.example/lab/x", "https://h.example/lab/x.git/info/lfs"),
    ("http://h.example:8080/lab/x/", "http://h.example:8080/lab/x.git/info/lfs"),
    ("git://h.example/lab/x.git", "https://h.example/lab/x.git/info/lfs"),
  ])
  func followsFromTheRemotesAddress(_ url: String, _ expected: String) throws {
    #expect(try endpoint(url) == .web(WebAddress(expected)))
  }

  @Test(arguments: [
    ("git@h.example:lab/x.git", nil, "lab/x.git", "https://h.example/lab/x.git/info/lfs"),
    ("git@h.example:lab/x", nil, "lab/x", "https://h.example/lab/x.git/info/lfs"),
    (
      "ssh://git@h.example:2222/srv/x.git", 2222, "/srv/x.git",
      "https://h.example/srv/x.git/info/lfs"
    ),
  ])
  func isAskedForOverSSH(
    _ url: String, _ port: Int?, _ path: String, _ fallback: String
  ) throws {
    #expect(
      try endpoint(url)
        == .ssh(
          .ssh(user: "git", host: "h.example", port: port, path: path),
          fallback: WebAddress(fallback)))
  }

  @Test func isAFolderOfThisMachine() throws {
    #expect(try endpoint("/srv/x.git") == .folder(path: "/srv/x.git"))
    #expect(try endpoint("file:///srv/x%20y.git") == .folder(path: "/srv/x y.git"))
  }

  @Test func isWhatTheConfigurationSays() throws {
    let url = "https://h.example/x.git"
    let web = { (text: String) in ContentEndpoint.web(try WebAddress(text)) }
    var settings = ["remote.origin.lfsurl": "https://a.example/1"]
    #expect(try endpoint(url, settings) == web("https://a.example/1"))
    #expect(try endpoint(url, for: .upload, settings) == web("https://a.example/1"))
    settings["remote.origin.lfspushurl"] = "https://a.example/2"
    #expect(try endpoint(url, settings) == web("https://a.example/1"))
    #expect(try endpoint(url, for: .upload, settings) == web("https://a.example/2"))
    settings["lfs.url"] = "https://a.example/3"
    #expect(try endpoint(url, settings) == web("https://a.example/3"))
    #expect(try endpoint(url, for: .upload, settings) == web("https://a.example/3"))
    settings["lfs.pushurl"] = "file:///srv/lfs"
    #expect(try endpoint(url, settings) == web("https://a.example/3"))
    #expect(try endpoint(url, for: .upload, settings) == .folder(path: "/srv/lfs"))
    #expect(
      try endpoint(url, for: .upload, push: "https://b.example/x.git")
        == web("https://b.example/x.git/info/lfs"))
    #expect(throws: GitRemoteError.self) { try endpoint(url, ["lfs.url": "ext::sh"]) }
  }
}
