import Foundation
import HTTP
import JSONLD
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

struct ContextLoaderTests {
  private static let context: JSON = ["@context": ["term": "http://example.org/term"]]
  private static let type = "type=application/ld%2Bjson"

  private let folder: TemporaryFolder
  private let web: TestWeb

  init() async throws {
    folder = try TemporaryFolder()
    let file = folder.path.appending("context.jsonld")
    try Data(JSONWriter().bytes(of: Self.context)).write(to: URL(filePath: file.string))
    web = try await TestWeb(serving: file)
  }

  /// With more time than users have: the machine may be busy.
  private func loader(_ policy: ContextLoader.Policy = .allowed) throws -> ContextLoader {
    let places = ClientPlaces(workingFolder: folder.path)
    guard policy == .allowed else {
      var configuration = Configuration()
      try configuration.add([.contextRemote: policy.rawValue], from: .flag)
      return ContextLoader(configuration, places)
    }
    var web = Client.webClient(places)
    web.limits = ContextLoader.limits
    web.limits.total = .seconds(300)
    web.limits.idle = .seconds(300)
    web.limits.connect = .seconds(300)
    return ContextLoader(web: web)
  }

  @Test func theSettingsAllowTheWeb() throws {
    var configuration = Configuration()
    let places = ClientPlaces(workingFolder: folder.path)
    #expect(!ContextLoader(configuration, places).isWebAllowed)
    try configuration.add([.contextRemote: "allowed"], from: .flag)
    #expect(ContextLoader(configuration, places).isWebAllowed)
  }

  private func failure(at url: String, _ loader: ContextLoader? = nil) async throws -> any Error {
    let loader = try loader ?? self.loader()
    do {
      _ = try await loader.document(at: url)
    } catch { return error }
    Issue.record("\(url) was loaded")
    return CancellationError()
  }

  private func requests() async throws -> [Substring] {
    let client = Client.webClient(ClientPlaces(workingFolder: folder.path))
    let data = try await client.fetch(try WebAddress(web.url("/requests"))) { _, body in
      try await body.collect()
    }
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
  }

  @Test func loadsWhatIsKnownWithoutANetwork() async throws {
    let document = try await ContextLoader().document(at: "https://w3id.org/ro/crate/1.1/context")
    #expect(document.document["@context"]?["CreateAction"] == "http://schema.org/CreateAction")
  }

  @Test func refusesTheWebUnlessItIsAllowed() async throws {
    let url = web.url("/file?" + Self.type)
    let places = ClientPlaces(workingFolder: folder.path)
    for loader in [ContextLoader(), ContextLoader(Configuration(), places), try loader(.refused)] {
      let error = try await failure(at: url, loader)
      #expect((error as? UnknownContextError)?.url == url)
    }
    let document: JSON = ["@graph": [["@context": .string(url)]]]
    let error = await #expect(throws: JSONLDError.self) {
      try await Processor().expand(document, loadingWith: ContextLoader())
    }
    let shown = SmartContainersError(describing: try #require(error))
    #expect(
      shown.message.hasPrefix("loading remote context failed at /@graph/0/@context: <\(url)>"))
    #expect(shown.hint?.contains("--set context.remote=allowed") == true)
    #expect(try await requests() == [])
  }

  @Test func fetchesADocumentOnce() async throws {
    let url = web.url("/file?" + Self.type)
    let loader = try loader()
    for _ in 0..<3 {
      let document = try await loader.document(at: url)
      #expect(document.document == Self.context)
      #expect(document.url == url && document.contextURL == nil)
    }
    #expect(try await requests() == ["/file?\(Self.type) -"])
  }

  @Test func expandsWithWhatItFetched() async throws {
    let document: JSON = ["@context": .string(web.url("/file?" + Self.type)), "term": 5]
    #expect(
      try await Processor().expand(document, loadingWith: try loader())
        == [["http://example.org/term": [["@value": 5]]]])
  }

  @Test func followsFiveRedirectsAndNoSixth() async throws {
    let document = try await loader().document(at: web.url("/chain?left=5"))
    #expect(document.url == web.url("/file?type=application/ld%2Bjson"))
    let error = try await failure(at: web.url("/chain?left=6"))
    #expect((error as? WebError)?.code == .tooManyRedirects)
  }

  @Test func takesFourMebibytesAndNoMore() async throws {
    let path = folder.path.appending("large.jsonld")
    for (count, isTaken) in [(4 << 20, true), (4 << 20 + 1, false)] {
      let text = Array(#"{"@context":{}}"#.utf8)
      let spaces = [UInt8](repeating: 0x20, count: count - text.count)
      try Data(text + spaces).write(to: URL(filePath: path.string))
      let large = try await TestWeb(serving: path)
      for place in ["/file?", "/chunked?"] {
        let loader = try loader()
        guard isTaken else {
          let error = try await failure(at: large.url(place + Self.type), loader)
          #expect((error as? WebError)?.code == .tooLarge)
          continue
        }
        #expect(
          try await loader.document(at: large.url(place + Self.type)).document["@context"] == [:])
      }
    }
    let error = try await failure(at: web.url("/endless?" + Self.type))
    #expect((error as? WebError)?.code == .tooLarge)
  }

  @Test func doesNotWaitForAServerThatIsNeverDone() async throws {
    #expect(ContextLoader.limits.total == .seconds(30))
    var web = Client.webClient(ClientPlaces(workingFolder: folder.path))
    web.limits = ContextLoader.limits
    web.limits.total = .milliseconds(300)
    let error = try await failure(
      at: self.web.url("/slow?" + Self.type), ContextLoader(web: web))
    #expect((error as? WebError)?.code == .timeLimit)
  }

  @Test func takesNoOtherSchemes() async throws {
    for url in ["file:///etc/passwd", "ftp://127.0.0.1/context", "urn:context"] {
      #expect(((try await failure(at: url)) as? WebError)?.code == .notAddress)
    }
    let error = try await failure(at: web.url("/to-file"))
    #expect((error as? WebError)?.code == .forbiddenRedirect)
  }

  @Test func takesNoOtherTypesOfContent() async throws {
    for path in ["/page", "/file", "/file?type=text/html", "/file?type=application/json-seq"] {
      let error = try await failure(at: web.url(path))
      #expect((error as? JSONLDError)?.code == .loadingDocumentFailed, "\(path)")
    }
    for type in ["application/json", "Application/LD%2BJSON;profile=%22x%22"] {
      #expect(
        try await loader().document(at: web.url("/file?type=" + type)).document == Self.context)
    }
    let error = try await failure(at: web.url("/page?" + Self.type))
    #expect((error as? JSONLDError)?.code == .invalidJSON)
  }

  /// The `link` item of a query.
  private func link(_ field: String) -> String {
    "&link="
      + field.flatMap { character in
        character.isASCII && (character.isLetter || character.isNumber)
          ? String(character)
          : character.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      }
  }

  @Test func findsJSONLDBesideAPage() async throws {
    let there = link(
      "</file?type=application/ld%2Bjson>; rel=alternate; type=\"application/ld+json\"")
    let document = try await loader().document(at: web.url("/page?type=text/html" + there))
    #expect(document.document == Self.context)
    #expect(document.url == web.url("/file?type=application/ld%2Bjson"))
    // A page that leads to a page.
    let nowhere = link(
      "</page?type=text/html" + there + ">; rel=alternate; type=application/ld+json")
    let error = try await failure(at: web.url("/page?type=text/html" + nowhere))
    #expect((error as? JSONLDError)?.code == .loadingDocumentFailed)
    let html = link("</file?type=application/ld%2Bjson>; rel=alternate; type=text/html")
    #expect(try await failure(at: web.url("/page?type=text/html" + html)) is JSONLDError)
  }

  @Test func tellsTheContextOfPlainJSON() async throws {
    let relation = "rel=\"http://www.w3.org/ns/json-ld#context\""
    let field = link("<../c.jsonld>; \(relation)")
    let plain = try await loader().document(at: web.url("/file?type=application/json" + field))
    #expect(plain.contextURL == web.url("/c.jsonld"))
    let linked = try await loader().document(at: web.url("/file?\(Self.type)" + field))
    #expect(linked.contextURL == nil)
    let error = try await failure(
      at: web.url("/file?type=application/json" + field + link("<d>; \(relation)")))
    #expect((error as? JSONLDError)?.code == .multipleContextLinkHeaders)
  }

  @Test(arguments: [
    ("<a>; rel=next", ["a next -"]),
    (" <a>;rel=\"x  Y\" ; type=\"A/B\" , <b>", ["a x,Y a/b", "b  -"]),
    ("<a,b;c>; title=\"<q>; rel=\\\"z\\\", \"; rel=u; rel=v", ["a,b;c u -"]),
    ("<a>; flag; rel = w, nothing", ["a w -"]),
    ("<a", []), ("", []), ("a; rel=b", []),
    ("<a>; rel=\"b", ["a b -"]),
  ])
  func readsLinkFields(_ field: String, _ expected: [String]) {
    let links = WebLink.links(in: ["link": field])
    #expect(
      links.map { "\($0.target) \($0.relations.joined(separator: ",")) \($0.type ?? "-")" }
        == expected)
  }
}
