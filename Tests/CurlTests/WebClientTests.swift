import Foundation
import HTTP
import TestSupport
import Testing

@testable import Curl

@Suite(.timeLimit(.minutes(15))) struct WebClientTests {
  private static let bytes = [UInt8]((0..<300_000).map { UInt8(truncatingIfNeeded: $0 * 7) })
  private let folder: ScratchDirectory
  private let web: TestWeb
  private var client = WebClient(userAgent: "test/1")

  init() async throws {
    folder = try ScratchDirectory()
    let file = folder.path.appending("file")
    try Data(Self.bytes).write(to: URL(filePath: file.string))
    web = try await TestWeb(serving: file)
  }

  private func fetch(
    _ url: String, _ client: WebClient? = nil
  ) async throws -> (address: WebAddress, bytes: [UInt8]) {
    try await (client ?? self.client).fetch(WebAddress(url)) { address, body in
      (address, try await body.collect())
    }
  }

  private func failure(_ url: String, _ client: WebClient? = nil) async -> WebError? {
    await #expect(throws: WebError.self) { _ = try await fetch(url, client) }
  }

  @Test(arguments: ["/file", "/chunked", "/moved"])
  func fetchesWhatIsThere(_ path: String) async throws {
    let found = try await fetch(web.url(path))
    #expect(found.bytes == Self.bytes)
    #expect(found.address.target == (path == "/moved" ? "/file" : path))
  }

  @Test(arguments: [
    ("/nothing?token=s3cr3t", WebError.Code.status), ("/loop", .tooManyRedirects),
    ("/to-file", .forbiddenRedirect), ("/to-nowhere", .forbiddenRedirect), ("/cut", .cutShort),
    ("/cut-chunks", .cutShort), ("/private", .status),
  ])
  func saysWhyItIsNotFetched(_ path: String, _ code: WebError.Code) async throws {
    let error = await failure(web.url(path, user: "ada:s3cr3t"))
    #expect(error?.code == code)
    #expect(error?.description.contains("s3cr3t") == false)
    #expect(error?.status == (path == "/private" ? 401 : code == .status ? 404 : error?.status))
  }

  @Test func keepsItsLimits() async throws {
    var small = client
    small.limits.byteCount = 299_999
    #expect(await failure(web.url("/file"), small)?.code == .tooLarge)
    #expect(await failure(web.url("/chunked"), small)?.code == .tooLarge)
    #expect(await failure(web.url("/endless"), small)?.code == .tooLarge)
    small.limits.byteCount = 300_000
    #expect(try await fetch(web.url("/chunked"), small).bytes.count == 300_000)
    var short = client
    short.limits.idle = .milliseconds(200)
    #expect(await failure(web.url("/silent"), short)?.code == .silent)
    #expect(await failure(web.url("/mute"), short)?.code == .silent)
    var hasty = client
    hasty.limits.total = .milliseconds(300)
    #expect(await failure(web.url("/slow"), hasty)?.code == .timeLimit)
    var direct = client
    direct.limits.redirects = 1
    #expect(await failure(web.url("/moved"), direct)?.code == .tooManyRedirects)
  }

  @Test func doesNotTakeASlowReaderForASilentServer() async throws {
    var short = client
    short.limits.idle = .milliseconds(100)
    let count = try await short.fetch(WebAddress(web.url("/endless"))) { _, body in
      var count = 0
      var chunks = body.makeAsyncIterator()
      for _ in 0..<3 {
        count += try await chunks.next()?.count ?? 0
        // The server is stalled for longer than it may be silent.
        try await Task.sleep(for: .milliseconds(300))
      }
      return count
    }
    #expect(count > 0)
  }

  @Test func saysThatNobodyListens() async throws {
    #expect(await failure("http://127.0.0.1:1/")?.code == .unreachable)
    #expect(await failure("http://nowhere.invalid/")?.code == .unreachable)
  }

  @Test func showsAPasswordToItsOwnServerOnly() async throws {
    #expect(try await fetch(web.url("/private", user: TestWeb.user)).bytes == Self.bytes)
    _ = try await fetch(web.url("/moved", user: TestWeb.user))
    _ = try await fetch(web.url("/elsewhere", user: TestWeb.user))
    let seen = String(decoding: try await fetch(web.url("/requests")).bytes, as: UTF8.self)
      .split(separator: "\n")
    let basic = "Basic " + Data("ada:pa/ss w0rd".utf8).base64EncodedString()
    #expect(
      seen
        == [
          "/private \(basic)", "/moved \(basic)", "/moved-again \(basic)", "/file \(basic)",
          "/elsewhere \(basic)", "/file -",
        ].map { $0[...] })
  }

  @Test func goesThroughAProxyButForExceptions() async throws {
    var proxied = client
    proxied.proxies.http = "http://\(web.address)"
    #expect(try await fetch("http://example.invalid/file?a=b", proxied).bytes == Self.bytes)
    proxied.proxies.exceptions = "127.0.0.1,.example.invalid"
    #expect(try await fetch(web.url("/file"), proxied).bytes == Self.bytes)
    #expect(await failure("http://example.invalid/file", proxied)?.code == .unreachable)
    let seen = String(decoding: try await fetch(web.url("/requests")).bytes, as: UTF8.self)
    #expect(seen == "http://example.invalid/file?a=b -\n/file -")
  }

  @Test func checksTheServersCertificate() async throws {
    let certificates = try Certificates.shared.get()
    let file = folder.path.appending("file")
    let secure = try await TestWeb(
      serving: file, certificate: certificates.file("server.crt"),
      key: certificates.file("server.key"))
    let url = "https://\(secure.address)/file"
    #expect(await failure(url)?.code == .untrusted)
    var trusting = client
    trusting.authority = certificates.file("ca.crt")
    #expect(try await fetch(url, trusting).bytes == Self.bytes)
    #expect(await failure("https://\(web.address)/file", trusting)?.code == .untrusted)
  }

  @Test func endsWhenItsTaskIsCancelled() async throws {
    let (url, client) = (web.url("/silent"), client)
    let task = Task {
      try await client.fetch(WebAddress(url)) { _, body in
        for try await _ in body { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    let error = await #expect(throws: TransportError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }
}
