import HTTP
import SystemPackage
import Testing

@testable import DockerEngine

struct EndpointAddressTests {
  private func endpoint(_ text: String, hasTLS: Bool = false) throws -> HTTPEndpoint {
    try EndpointAddress(text, hasTLS: hasTLS).endpoint { () throws(EndpointError) in nil }
  }

  @Test(arguments: [
    ("", "/var/run/docker.sock"), (" unix:// ", "/var/run/docker.sock"), ("unix:///a b", "/a b"),
    ("unix://a/b", "a/b"),
  ])
  func readsSockets(_ text: String, _ path: String) throws {
    #expect(try endpoint(text) == .unix(FilePath(path)))
  }

  @Test(arguments: [
    ("tcp://h", "h", 2375), ("tcp://h:1", "h", 1), ("h:1", "h", 1), ("h", "h", 2375),
    (":7", "localhost", 7), ("tcp://", "localhost", 2375), ("tcp://[::1]:2", "::1", 2),
    ("tcp://[::1]", "::1", 2375), ("[::1]:", "::1", 2375), ("::1", "::1", 2375),
    ("tcp://h:1/", "h", 1), ("http://h", "h", 80), ("http://h:9", "h", 9),
  ])
  func readsPorts(_ text: String, _ host: String, _ port: Int) throws {
    #expect(try endpoint(text) == .tcp(host: host, port: port, tls: nil))
  }

  @Test func meansThePortOfTLSWhenThereIsNoAddress() throws {
    #expect(try endpoint("", hasTLS: true) == .tcp(host: "localhost", port: 2376, tls: nil))
  }

  @Test func takesTheSystemsAuthoritiesForHTTPS() throws {
    #expect(
      try endpoint("https://h")
        == .tcp(host: "h", port: 443, tls: TLSFiles(authority: nil, certificate: nil, key: nil)))
  }

  @Test(arguments: [
    ("unix://tcp://h", "address"), ("tcp://h:x", "address"), ("tcp://h:0", "address"),
    ("tcp://h:65536", "address"), ("tcp://[::1", "address"), ("tcp://[]:1", "address"),
    ("tcp://a b", "address"), ("tcp://u@h", "address"), ("ftp://h", "address"),
    ("tcp://h:-1", "address"), ("tcp://h:1/p", "unsupported"), ("fd://", "unsupported"),
    ("npipe:////./pipe/x", "unsupported"), ("ssh://u@h", "unsupported"),
  ])
  func refuses(_ text: String, _ code: String) {
    let error = #expect(throws: EndpointError.self) { try EndpointAddress(text) }
    #expect(error?.code.rawValue == code)
  }

  @Test func namesTheWayAroundSSH() {
    let error = #expect(throws: EndpointError.self) { try EndpointAddress("ssh://u:secret@h:22") }
    #expect(
      error?.hint
        == "forward its socket, ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock ssh://u@h:22, "
        + "and use unix:///tmp/engine.sock")
  }

  @Test(arguments: ["ssh://u:secret@h", "tcp://u:secret@h", "u:secret@h", "tcp://u:secret@h/p"])
  func keepsPasswordsOutOfMessages(_ text: String) {
    let error = #expect(throws: EndpointError.self) { try EndpointAddress(text) }
    #expect(error?.description.contains("secret") == false)
  }
}
