import Synchronization
import Testing

@testable import JSONLD

struct ProcessorTests {
  /// A loader of some documents that notes what is asked for.
  private final class Loader: DocumentLoader {
    struct Missing: Error, CustomStringConvertible { let description = "not found" }

    private let documents: [String: JSON]
    let asked = Mutex<[String]>([])

    init(_ documents: [String: JSON]) { self.documents = documents }

    func document(at url: String) async throws -> RemoteDocument {
      asked.withLock { $0.append(url) }
      guard let document = documents[url] else { throw Missing() }
      return RemoteDocument(url: url, document: document)
    }
  }

  private func error(_ document: JSON, base: String? = nil) -> JSONLDError? {
    do throws(JSONLDError) {
      _ = try Processor().expand(document, base: base)
      return nil
    } catch { return error }
  }

  @Test func loadsNothingWithoutALoader() {
    let error = error(["http://p": ["@context": "http://example/c"]])
    #expect(error?.code == .loadingRemoteContextFailed)
    #expect(error?.place == "/http:~1~1p/@context")
    #expect(error?.message.contains("<http://example/c> is not loaded") == true)
  }

  @Test func loadsEachContextOnceForAllDocuments() async throws {
    let loader = Loader([
      "http://example/a": ["@context": ["b", ["x": "http://x"]]],
      "http://example/b": ["@context": ["y": "http://y"]],
    ])
    let processor = Processor()
    let document: JSON = ["@context": "http://example/a", "x": "1", "y": "2"]
    let expanded: JSON = [["http://x": [["@value": "1"]], "http://y": [["@value": "2"]]]]
    #expect(try await processor.expand(document, loadingWith: loader) == expanded)
    #expect(try await processor.expand(document, loadingWith: loader) == expanded)
    #expect(try processor.expand(document) == expanded)
    #expect(loader.asked.withLock { $0 } == ["http://example/a", "http://example/b"])
  }

  @Test func saysWhyADocumentWasNotLoaded() async {
    await #expect {
      try await Processor().expand(["@context": "http://example/c"], loadingWith: Loader([:]))
    } throws: { error in
      let error = error as? JSONLDError
      return error?.code == .loadingRemoteContextFailed && error?.place == "/@context"
        && error?.message == "<http://example/c> was not loaded: not found"
    }
  }

  @Test func loadsNoMoreContextsThanAllowed() async {
    var documents: [String: JSON] = [:]
    for number in 0..<100 {
      documents["http://example/\(number)"] = ["@context": .string("\(number + 1)")]
    }
    let loader = Loader(documents)
    await #expect {
      try await Processor().expand(["@context": "http://example/0"], loadingWith: loader)
    } throws: { ($0 as? JSONLDError)?.code == .contextOverflow }
    #expect(loader.asked.withLock { $0.count } == 32)
  }

  @Test func appliesTheContextOfTheLinkHeaderBeforeTheOwn() async throws {
    let loader = Loader(["http://example/c": ["@context": ["x": "http://x", "y": "http://y"]]])
    let document = RemoteDocument(
      url: "http://example/d", contextURL: "c",
      document: ["@context": ["y": "http://z"], "@id": "n", "x": "1", "y": "2"])
    let processor = Processor()
    #expect(throws: JSONLDError.missing("http://example/c")) { try processor.expand(document) }
    let expanded: JSON = [
      ["@id": "http://example/n", "http://x": [["@value": "1"]], "http://z": [["@value": "2"]]]
    ]
    #expect(try await processor.expand(document, loadingWith: loader) == expanded)
    #expect(try processor.flatten(document) == expanded)
    #expect(
      try processor.compact(document, with: ["x": "http://x"])
        == ["@context": ["x": "http://x"], "@id": "n", "x": "1", "http://z": "2"])
    var subjects: [String] = []
    try processor.toRDF(document) { if case .iri(let iri) = $0.subject { subjects.append(iri) } }
    #expect(subjects == ["http://example/n", "http://example/n"])
  }

  @Test(
    arguments: [
      ("http://example/e", .invalidRemoteContext),
      ("http://example/f", .loadingRemoteContextFailed),
    ] as [(String, JSONLDError.Code)])
  func refusesAContextOfTheLinkHeaderThatIsNone(url: String, code: JSONLDError.Code) async {
    let document = RemoteDocument(url: "http://example/d", contextURL: url, document: [:])
    await #expect {
      try await Processor().expand(document, loadingWith: Loader(["http://example/e": []]))
    } throws: { ($0 as? JSONLDError)?.code == code }
  }

  @Test func namesTheNodeOfAnErrorAfterExpansion() {
    let twice: JSON = [
      "@id": "_:x", "@index": "a", "http://p": ["@id": "_:x", "@index": "b"],
    ]
    func node(_ body: () throws -> Void) -> String? {
      do { try body() } catch { return (error as? JSONLDError)?.node }
      return nil
    }
    #expect(node { _ = try Processor().flatten(twice) } == "_:x")
    #expect(node { try Processor().toRDF(twice) { _ in } } == "_:x")
    let confused: JSON = ["@id": "http://a", "http://p": ["@id": "http://b", "urn:i": "1"]]
    let prefix: JSON = ["urn": ["@id": "ex:u", "@prefix": true]]
    #expect(node { _ = try Processor().compact(confused, with: prefix) } == "http://b")
  }

  @Test func makesAContextOnceForManyDocuments() throws {
    let processor = Processor()
    func context(_ base: String?) throws -> ActiveContext {
      let local: JSON = ["p": "http://p/", "p:q": ["@type": "@id"]]
      return try processor.run { contexts throws(JSONLDError) in
        let initial = try processor.initialContext(
          of: RemoteDocument([:], base: base), with: contexts)
        return try contexts.process(local, in: initial, ContextProcessor.Settings())
      }
    }
    let first = try context(nil)
    #expect(try context(nil) === first)
    // With another base it is another one, of the same definitions.
    let other = try context("http://example/")
    #expect(other.base == "http://example/")
    #expect(other.definition(of: "p:q") === first.definition(of: "p:q"))
  }

  @Test func resolvesAgainstTheBaseOfEachDocument() throws {
    let processor = Processor()
    let document: JSON = ["@context": ["p": ["@id": "http://p", "@type": "@id"]], "p": "x"]
    for base in ["http://a/b", "http://c/d", "http://a/b"] {
      let iri = BaseIRI(base).resolve("x")
      #expect(try processor.expand(document, base: base) == [["http://p": [["@id": .string(iri)]]]])
    }
    #expect(try processor.expand(document) == [["http://p": [["@id": "x"]]]])
  }

  @Test func resolvesTypesAgainstTheBaseWithoutAVocabulary() throws {
    let document: JSON = ["@type": ["x", "x/y:z", "http://t"]]
    #expect(
      try Processor().expand(document, base: "http://a/")
        == [["@type": ["http://a/x", "http://a/x/y:z", "http://t"]]])
  }

  @Test(
    arguments: [
      (["a": [["@id": 1]]], "", nil),
      (["http://a": [nil, ["@id": 1]]], "/http:~1~1a/1/@id", .invalidIdValue),
      (
        ["@context": [["a": "http://a"], ["b": ["@id": 1]]]], "/@context/1/b/@id",
        .invalidIRIMapping
      ),
      (["@context": ["a": ["@id": "b:c", "@type": 1]]], "/@context/a/@type", .invalidTypeMapping),
      (
        [
          "@context": ["n": "@nest", "a": ["@id": "http://a", "@container": "@language"]],
          "n": ["a": ["en": 1]],
        ], "/n/a/en", .invalidLanguageMapValue
      ),
      (
        ["@context": ["a": ["@id": "http://a", "@context": ["b": ["@id": "http://b", "@x": 1]]]]],
        "/@context/a/@context/b/@x", .invalidScopedContext
      ),
      (
        [
          "@context": [
            "a": ["@id": "http://a", "@container": "@index", "@index": "b:x"], "b": ["@id": 1],
          ]
        ], "/@context/b/@id", .invalidIRIMapping
      ),
      (
        [
          "@context": [
            "@protected": true, "b": "http://b",
            "T": ["@id": "http://T", "@context": ["b": "http://c"]],
          ],
          "http://p": ["@type": "T"],
        ], "/http:~1~1p", .protectedTermRedefinition
      ),
      (
        ["@reverse": ["http://a": ["@value": 1]]], "/@reverse/http:~1~1a",
        .invalidReversePropertyValue
      ),
    ] as [(JSON, String, JSONLDError.Code?)])
  func namesThePlaceOfAnError(_ document: JSON, _ place: String, _ code: JSONLDError.Code?) {
    let error = error(document)
    #expect(error?.code == code)
    #expect((error?.place ?? "") == place)
  }

  @Test func namesTheImportedContextThatAnErrorIsIn() {
    let context = RemoteDocument(
      url: "http://e/c", document: ["@context": ["t": ["@id": 1], "u": "http://u"]])
    let processor = Processor(documents: ["http://e/c": context])
    func error(_ own: JSON) -> JSONLDError? {
      #expect(throws: JSONLDError.self) { try processor.expand(["@context": own]) }
    }
    let imported = error(["@import": "http://e/c"])
    #expect(imported?.place == "/@context/@import")
    #expect(imported?.message.hasPrefix("In <http://e/c> at /@context/t/@id: ") == true)
    let own = error(["@import": "http://e/c", "t": "http://t", "v": ["@type": 1]])
    #expect(own?.place == "/@context/v/@type")
  }

  @Test func ordersMembersWhenAsked() throws {
    var options = ProcessingOptions()
    options.isOrdered = true
    let document: JSON = ["http://b": "1", "http://a": "2", "@id": "http://x"]
    let result = try Processor(options).expand(document)
    #expect(
      JSONWriter().text(of: result)
        == #"[{"@id":"http://x","http://a":[{"@value":"2"}],"http://b":[{"@value":"1"}]}]"#)
  }
}
