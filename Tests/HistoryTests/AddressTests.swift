import Git
import Testing

@Suite struct AddressTests {
  /// git-fetch(1), "GIT URLS".
  static let addresses: [(String, GitAddress?)] = [
    ("/srv/git/x.git", .local(path: "/srv/git/x.git")),
    ("../x", .local(path: "../x")),
    ("./host:path", .local(path: "./host:path")),
    ("file:///srv/a%20b", .local(path: "/srv/a b")),
    ("file://localhost/srv/x", .local(path: "/srv/x")),
    ("file://elsewhere/srv/x", nil),
    ("host:x.git", .ssh(user: nil, host: "host", port: nil, path: "x.git")),
    ("git@host:~/x.git", .ssh(user: "git", host: "host", port: nil, path: "~/x.git")),
    ("git@host:/~me/x", .ssh(user: "git", host: "host", port: nil, path: "~me/x")),
    ("[host:2222]:x", .ssh(user: nil, host: "host", port: 2222, path: "x")),
    ("[::1]:x", .ssh(user: nil, host: "::1", port: nil, path: "x")),
    ("ssh://host/x", .ssh(user: nil, host: "host", port: nil, path: "/x")),
    ("ssh://me@host:22/~/x", .ssh(user: "me", host: "host", port: 22, path: "~/x")),
    ("ssh://[::1]:22/x", .ssh(user: nil, host: "::1", port: 22, path: "/x")),
    ("git+ssh://host/x", .ssh(user: nil, host: "host", port: nil, path: "/x")),
    ("git://host/x", .git(host: "host", port: 9418, path: "/x")),
    ("git://host:1/x", .git(host: "host", port: 1, path: "/x")),
    ("https://me:pw@host/x", .http(url: "https://me:pw@host/x")),
    ("ext::sh -c true", nil), ("ftp://host/x", nil), ("ssh://host", nil), ("", nil),
    ("git://host:99999/x", nil), ("/a\nb", nil),
  ]

  @Test(arguments: addresses.indices)
  func takesApartWhatGitTakes(_ index: Int) {
    let (text, expected) = Self.addresses[index]
    #expect(GitAddress(text) == expected, "\(text)")
  }

  @Test func showsNoPassword() {
    #expect(GitAddress.shown("https://me:pw@host/x") == "https://me@host/x")
    #expect(GitAddress.shown("https://token@host/x") == "https://host/x")
    #expect(GitAddress.shown("ssh://me@host/x") == "ssh://me@host/x")
    #expect(GitAddress.shown("me@host:x") == "me@host:x")
    #expect(GitAddress.shown("/srv/x") == "/srv/x")
    #expect(GitAddress.shown("HTTPS://token@host/x") == "HTTPS://host/x")
    #expect(GitAddress.shown("https://me:p/w@host/x") == "https://me@host/x")
    #expect(GitAddress.shown("https://host:80/a@b?private_token=x#y") == "https://host:80/a@b")
  }
}
