import Canonical
import Foundation
import Testing

@testable import DockerEngine

struct RegistryTests {
  @Test(arguments: [
    ("unauthorized: authentication required", EngineError.Code.unauthorized),
    ("denied: requested access to the resource is denied", .unauthorized),
    ("Get \"https://registry-1.docker.io/v2/\": unauthorized: incorrect username", .unauthorized),
    ("manifest for a:2 not found: manifest unknown: manifest unknown", .notFound),
    (
      "Get \"https://r.invalid/v2/\": dial tcp: lookup r.invalid: no such host",
      .registryUnreachable
    ),
    ("open /var/lib/docker: permission denied: no", nil),
    ("toomanyrequests: You have reached your pull rate limit", nil),
  ])
  func readsTheRegistrysRefusal(_ words: String, _ code: EngineError.Code?) {
    #expect(EngineError.registryCode(inWords: words) == code)
  }

  @Test func sendsCredentialsAsTheEngineReadsThem() throws {
    #expect(RegistryCredentials.header(nil) == "e30=")
    // Bytes that have other signs in the alphabet for URLs.
    let password = "\u{3FF}\u{FF}?~"
    let header = RegistryCredentials.header(
      RegistryCredentials(server: "r:1", user: "ada", password: password))
    #expect(header.allSatisfy { $0.isLetter || $0.isNumber || "-_=".contains($0) })
    let bytes = try #require(Base64.decode(header))
    #expect(
      try JSONValue(parsing: bytes) == [
        "username": "ada", "password": .string(password), "serveraddress": "r:1",
      ])
    let token = RegistryCredentials(server: "r:1", proof: .identityToken("t"))
    #expect(token.json == ["identitytoken": "t", "serveraddress": "r:1"])
  }

  @Test func encodesAsOthersDo() {
    for count in 0..<64 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
      #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
      #expect(Base64.decode(Base64.encode(bytes, isForURLs: true)) == bytes)
    }
  }

  @Test func readsWhatOldRegistriesCallTrusted() {
    #expect(ImageSearchResult(json: ["name": "a", "is_trusted": true]).isAutomated)
    #expect(!ImageSearchResult(json: ["is_automated": false, "is_trusted": true]).isAutomated)
    #expect(!ImageSearchResult(json: ["name": "a"]).isAutomated)
  }
}
