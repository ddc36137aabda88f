import HTTP
import Testing

@testable import Curl

@Suite struct WebAddressTests {
  @Test(arguments: [
    ("http://example.org", "http://example.org/"),
    ("HTTPS://Example.org:443/a?b=c#d", "https://Example.org/a?b=c"),
    ("http://ada:secret@example.org:8080?x", "http://example.org:8080/?x"),
    ("http://[::1]:8080/a b/ä\"", "http://[::1]:8080/a%20b/%C3%A4%22"),
    ("http://a@b@example.org/", "http://example.org/"),
  ])
  func takesURLsApart(_ text: String, _ expected: String) throws {
    #expect(try WebAddress(text).text == expected)
  }

  @Test func takesNoCredentialsWithALineBreak() throws {
    let plain = try WebAddress("http://a%40b:c%3Ad@example.org/")
    #expect(WebCredentials(plain) == WebCredentials(user: "a@b", password: "c:d"))
    // It would be another line of the question to a credential helper, such as another host.
    for text in ["http://u%0ahost=other@example.org/", "http://u:p%00@example.org/"] {
      #expect(try WebCredentials(WebAddress(text)) == nil)
    }
  }

  @Test(arguments: [
    "ftp://example.org/", "example.org/file", "file:///etc/passwd", "http:///file", "http://:80/",
    "http://example.org:port/", "http://example.org:70000/", "http://[::1/", "http://a b/",
    "http://exa%6Dple.org/", "http://ada:pass/word@example.org/",
  ])
  func refusesWhatNamesNoServer(_ text: String) {
    let error = #expect(throws: WebError.self) { try WebAddress(text) }
    #expect(error?.code == .notAddress)
    #expect(error?.description.contains("pass") == false)
  }

  @Test func showsNeitherUserNorQuery() throws {
    let address = try WebAddress("https://ada:secret@example.org/file?token=abc")
    #expect(address.shown == "https://example.org/file")
    #expect(!address.text.contains("secret"))
    #expect(address.userInformation == "ada:secret")
  }

  /// The examples of RFC 3986, 5.4, whose base is `http://a/b/c/d;p?q`.
  @Test(arguments: [
    ("g", "/b/c/g"), ("./g", "/b/c/g"), ("g/", "/b/c/g/"), ("/g", "/g"), ("?y", "/b/c/d;p?y"),
    ("g?y", "/b/c/g?y"), ("#s", "/b/c/d;p?q"), ("g#s", "/b/c/g"), ("g?y#s", "/b/c/g?y"),
    (";x", "/b/c/;x"), ("g;x", "/b/c/g;x"), ("", "/b/c/d;p?q"), (".", "/b/c/"), ("./", "/b/c/"),
    ("..", "/b/"), ("../", "/b/"), ("../g", "/b/g"), ("../..", "/"), ("../../", "/"),
    ("../../g", "/g"), ("../../../g", "/g"), ("/./g", "/g"), ("/../g", "/g"), ("g.", "/b/c/g."),
    ("..g", "/b/c/..g"), ("./../g", "/b/g"), ("./g/.", "/b/c/g/"), ("g/./h", "/b/c/g/h"),
    ("g/../h", "/b/c/h"), ("g;x=1/../y", "/b/c/y"), ("g?y/../x", "/b/c/g?y/../x"),
  ])
  func followsReferences(_ reference: String, _ target: String) throws {
    let base = try WebAddress("http://ada:secret@a/b/c/d;p?q")
    let there = try base.resolving(reference)
    #expect(there.target == target)
    #expect(there.hasSameOrigin(as: base))
  }

  @Test func knowsOtherOriginsAndSchemes() throws {
    let base = try WebAddress("http://a/b/c/d;p?q")
    #expect(try base.resolving("//g").text == "http://g/")
    #expect(try base.resolving("https://g:1/h").text == "https://g:1/h")
    #expect(try !base.resolving("https://a/").hasSameOrigin(as: base))
    for forbidden in ["file:///etc/passwd", "g:h", "gopher://a/"] {
      let error = #expect(throws: WebError.self) { try base.resolving(forbidden) }
      #expect(error?.code == .forbiddenRedirect)
    }
  }

  @Test func readsProxiesAsCurlDoes() {
    let proxies = WebProxies(environment: [
      "HTTP_PROXY": "http://wrong", "http_proxy": "", "all_proxy": "http://all:1",
      "HTTPS_PROXY": "http://tls:2", "NO_PROXY": "localhost,.example.org",
    ])
    #expect(proxies.http == "http://all:1")
    #expect(proxies.https == "http://tls:2")
    #expect(proxies.exceptions == "localhost,.example.org")
    #expect(WebProxies(environment: [:]) == WebProxies())
  }
}
