import Foundation
import HTTP
import Testing

@testable import Curl

@Suite(.serialized, .timeLimit(.minutes(15))) struct TLSTests {
  private let certificates: Certificates

  init() throws { certificates = try Certificates.shared.get() }

  private func peer(_ name: String = "server", wantsClient: Bool = true, isOld: Bool = false) throws
    -> Peer
  {
    var options = [
      "certificate": certificates.file(name + ".crt").string,
      "key": certificates.file(name + ".key").string,
    ]
    if wantsClient { options["authority"] = certificates.file("ca.crt").string }
    if isOld { options["old"] = "yes" }
    return try Peer(options, isUnix: false)
  }

  private func failure(
    of peer: Peer, host: String = "127.0.0.1", _ files: TLSFiles?
  ) async -> TransportError.Code? {
    await CurlTransport(endpoint: peer.endpoint(host: host, tls: files), userAgent: "test")
      .failure(.get("/hello"))
  }

  @Test(arguments: ["127.0.0.1", "localhost"])
  func trustsWhomTheAuthorityVouchesFor(_ host: String) async throws {
    #expect(try await failure(of: peer(), host: host, certificates.files()) == nil)
  }

  @Test(arguments: ["elsewhere", "expired"])
  func distrustsCertificatesOfOthersAndOfThePast(_ name: String) async throws {
    let peer = try peer(name)
    #expect(await failure(of: peer, certificates.files()) == .untrustedEngine)
    var files = certificates.files()
    files.isVerifying = false
    #expect(await failure(of: peer, files) == nil)
  }

  @Test(arguments: ["other.crt", nil])
  func distrustsAnotherAuthority(_ authority: String?) async throws {
    let files = certificates.files(authority: authority)
    #expect(try await failure(of: peer(), files) == .untrustedEngine)
  }

  @Test(arguments: ["stranger", nil], [true, false])
  func saysThatTheClientIsNotAccepted(_ client: String?, isOld: Bool) async throws {
    let code = try await failure(of: peer(isOld: isOld), certificates.files(client: client))
    #expect(code == .clientCertificate)
  }

  @Test func saysThatAFileCannotBeUsed() async throws {
    let peer = try peer()
    for name in ["missing", "nonsense"] {
      #expect(
        await failure(of: peer, certificates.files(authority: name + ".crt")) == .certificateFile)
      #expect(await failure(of: peer, certificates.files(client: name)) == .certificateFile)
    }
  }

  @Test func plainServersDoNotSpeakTLS() async throws {
    let peer = try Peer(["raw": "go_tls_notice"], isUnix: false)
    #expect(await failure(of: peer, certificates.files()) == .tlsMismatch)
  }
}
