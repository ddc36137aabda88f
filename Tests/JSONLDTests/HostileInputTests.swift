import Testing

@testable import JSONLD

/// Documents that are made to crash, to hang or to fill the memory.
struct HostileInputTests {
  private func error(_ document: JSON, _ processor: Processor = Processor()) -> JSONLDError? {
    do throws(JSONLDError) {
      _ = try processor.expand(document)
      return nil
    } catch { return error }
  }

  /// A value as deep as the stack has to hold whatever limit was asked for, and one deeper.
  private func nested(_ depth: Int, _ wrap: (JSON) -> JSON) -> JSON {
    (0..<depth).reduce("x") { value, _ in wrap(value) }
  }

  private static let wraps: [@Sendable (JSON) -> JSON] = [
    { ["http://p": $0] }, { [$0] }, { ["@list": $0] }, { ["@graph": $0] }, { ["@included": $0] },
    { ["@nest": $0] }, { ["@reverse": ["http://p": $0]] }, { ["@set": [$0]] },
    { ["@context": ["t": ["@id": "http://t", "@context": $0]]] },
    { ["@context": ["t": ["@id": "http://t", "@container": "@index"]], "t": ["i": $0]] },
  ]

  @Test(arguments: wraps.indices)
  func depthIsLimitedBeforeTheStackIs(_ index: Int) throws {
    var options = ProcessingOptions()
    options.limits.depth = .max
    let processor = Processor(options)
    // Whether these are right does not count.
    for depth in [200, 250, 500] {
      _ = error(nested(depth, Self.wraps[index]), processor)
      _ = error(["http://p": nested(depth, Self.wraps[index])], processor)
      _ = error(["@context": nested(depth, Self.wraps[index])], processor)
    }
    let deep: JSON = ["http://p": nested(600, Self.wraps[index])]
    let code = error(deep, processor)?.code
    let isWrongAtTheTop = [4, 5, 8].contains(index)
    #expect(code == .limitExceeded || isWrongAtTheTop && code != nil)
  }

  @Test func contextsThatIncludeThemselvesOverflow() {
    let url = "http://example/c"
    let own = RemoteDocument(url: url, document: ["@context": [["a": "http://a"], "c"]])
    let processor = Processor(documents: [url: own])
    let error = error(["x": [["@context": .string(url)]]], processor)
    #expect(error == nil)
    let inside = self.error(["http://x": [["@context": .string(url)]]], processor)
    #expect(inside?.code == .contextOverflow)
    #expect(inside?.place == "/http:~1~1x/0/@context")
  }

  @Test func contextsThatIncludeOthersTwiceOverflowInsteadOfTakingForever() {
    var documents: [String: RemoteDocument] = [:]
    for level in 0..<31 {
      let url = "http://example/\(level)"
      let next: JSON = .string("http://example/\(level + 1)")
      documents[url] = RemoteDocument(
        url: url, document: ["@context": level == 30 ? [:] : [next, next]])
    }
    let processor = Processor(documents: documents)
    #expect(error(["@context": "http://example/0"], processor)?.code == .contextOverflow)
  }

  @Test func scopedContextsThatNameOneAnotherOverflowInsteadOfTakingForever() {
    var documents: [String: RemoteDocument] = [:]
    for number in 0..<12 {
      let terms = (0..<12).map { other in
        ("t\(other)", ["@id": "http://t", "@context": .string("http://example/\(other)")] as JSON)
      }
      let url = "http://example/\(number)"
      documents[url] = RemoteDocument(
        url: url, document: ["@context": .object(JSONObject(terms))])
    }
    let processor = Processor(documents: documents)
    #expect(error(["@context": "http://example/0"], processor)?.code == .invalidScopedContext)
  }

  @Test func aScopedContextMayIncludeTheContextThatItIsIn() throws {
    let url = "http://example/c"
    let context: JSON = ["@context": ["t": ["@id": "http://t", "@context": .string(url)]]]
    let processor = Processor(documents: [url: RemoteDocument(url: url, document: context)])
    let document: JSON = ["@context": .string(url), "t": ["t": ["t": "x"]]]
    #expect(
      try processor.expand(document)
        == [["http://t": [["http://t": [["http://t": [["@value": "x"]]]]]]]])
  }

  @Test func termsThatAreDefinedByOneAnotherAreLimited() {
    func chain(_ count: Int) -> JSON {
      let terms = (0..<count).map { ("t\($0)", JSON.string("t\($0 + 1):x")) }
      return .object(JSONObject([("@context", .object(JSONObject(terms)))]))
    }
    #expect(error(chain(100_000))?.code == .limitExceeded)
    #expect(error(["@context": ["a": "b:x", "b": "a:x"]])?.code == .cyclicIRIMapping)
    #expect(error(["@context": ["a": "b:x", "b": "a:x"]])?.place == "/@context/a")
  }

  @Test func largeContextsAndObjectsTakeLinearTime() throws {
    let count = 100_000
    var terms = JSONObject([("p", "http://p/")])
    var members = JSONObject()
    for number in 0..<count {
      terms["t\(number)"] =
        number % 10 == 0
        ? ["@id": .string("p:\(number)"), "@context": ["@language": "en"]] : .string("p:\(number)")
      members["t\(number)"] = "x"
    }
    let context: JSON = .object(terms)
    members["@context"] = context
    let clock = ContinuousClock()
    let time = try clock.measure {
      let result = try Processor().expand(.object(members))
      #expect(result.array?.first?.object?.count == count)
    }
    #expect(time < .seconds(30))
  }

  @Test func manyNodesUnderALargeContextTakeLinearTime() throws {
    let count = 20_000
    let terms = (0..<count).map { ("t\($0)", JSON.string("http://p/\($0)")) }
    let nodes = (0..<count).map { number -> JSON in
      ["@context": ["own\(number)": "http://own/"], "own\(number)": "x", "t\(number)": "y"]
    }
    let document: JSON = ["@context": .object(JSONObject(terms)), "@graph": .array(nodes)]
    let clock = ContinuousClock()
    let time = try clock.measure {
      let result = try Processor().expand(document)
      #expect(result.array?.count == count)
    }
    #expect(time < .seconds(30))
  }

  @Test func manyReversePropertiesTakeLinearTime() throws {
    let members = (0..<50_000).map { ("http://p/\($0)", ["@id": "http://x"] as JSON) }
    let document: JSON = ["@reverse": .object(JSONObject(members))]
    let clock = ContinuousClock()
    let time = try clock.measure {
      let result = try Processor().expand(document)
      #expect(result.array?.first?["@reverse"]?.object?.count == members.count)
    }
    #expect(time < .seconds(30))
  }

  @Test(arguments: [[:], ["p": ["@id": "http://p", "@container": "@language"]]] as [JSON])
  func manyValuesOfOnePropertyAreCompactedInLinearTime(context: JSON) throws {
    let values = (0..<100_000).map { JSON.string("v\($0)") }
    let clock = ContinuousClock()
    let time = try clock.measure {
      let result = try Processor().compact(
        ["http://p": .array(values.map { ["@value": $0, "@language": "en"] })], with: context)
      #expect((result["http://p"] ?? result["p"]?["en"])?.array?.count == values.count)
    }
    #expect(time < .seconds(30))
  }

  @Test func valuesThatAreSharedStayAsTheyAreWritten() throws {
    let context: JSON = ["i": ["@id": "http://i", "@container": "@index"]]
    let text = #"{"http://p":[1,1.0,-0,0,1,"1","\u00e9","e\u0301",[1],{},{}]}"#
    let result = try Processor().expand(try JSONParser().parse(text))
    #expect(
      JSONWriter().text(of: result.array?.first?["http://p"] ?? nil)
        == #"[{"@value":1},{"@value":1.0},{"@value":-0},{"@value":0},{"@value":1},"#
        + #"{"@value":"1"},{"@value":"\#u{e9}"},{"@value":"e\#u{301}"},{"@value":1},{},{}]"#)
    let indexed: JSON = ["@context": context, "i": ["a": [1, [:], 1], "b": [1, [:]]]]
    #expect(
      try Processor().expand(indexed)
        == [
          [
            "http://i": [
              ["@value": 1, "@index": "a"], ["@index": "a"], ["@value": 1, "@index": "a"],
              ["@value": 1, "@index": "b"], ["@index": "b"],
            ]
          ]
        ])
  }

  /// For two hundred times as many values it is refused, because whoever reads them says it each time.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("@id", ["http://q": "a long text"]), ("@id", [:]), ("@index", 1), ("@language", "x"),
    ] as [(String, JSON)])
  func aLongKeyOfAMapIsInMemoryOnceForAllItsValues(container: String, value: JSON) throws {
    let context: JSON = ["p": ["@id": "http://p", "@container": .string(container)]]
    let key = "http://" + String(repeating: "x", count: 1 << 20)
    func document(_ count: Int) -> JSON {
      let values = JSON.array(Array(repeating: value, count: count))
      return ["@context": context, "p": .object(JSONObject([(key, values)]))]
    }
    #expect(error(document(100_000))?.code == .limitExceeded)
    let result = try Processor().expand(document(500))
    #expect(result.array?.first?["http://p"]?.array?.last?[container]?.string == key)
  }

  @Test(
    arguments: [
      ["@vocab": "http://e/LONG"],
      ["@base": "http://e/LONG/", "p": ["@id": "http://p", "@type": "@id"]],
      ["x": "http://e/LONG/", "p": ["@id": "http://p", "@type": "@id"]],
      ["@vocab": "http://e/LONG/", "MANY": [:]],
      ["x": "http://e/LONG/", "MANY": "x:y"],
      ["@vocab": "http://e/LONG/", "p": ["@id": "http://p", "@container": "@type"]],
    ] as [JSON])
  func longIRIsThatShortTextsStandForAreLimited(context: JSON) throws {
    var options = ProcessingOptions()
    options.limits.memoryFactor = 1
    var context = try #require(context.object)
    for (name, value) in context.members {
      if case .string(let text) = value {
        context[name] = .string(
          text.replacing("LONG", with: String(repeating: "x", count: 10_000)))
      }
    }
    if let definition = context["MANY"] {
      for number in 0..<10_000 { context["t\(number)"] = definition }
    }
    let values = (0..<10_000).map { JSON.string("x:\($0)") }
    let types = (0..<10_000).map { JSON.string("t\($0)") }
    let isMap = context["p"]?["@container"] != nil
    let map = JSON.object(JSONObject((0..<10_000).map { ("m\($0)", JSON.object(JSONObject())) }))
    let document: JSON = [
      "@context": .object(context), "http://p": [["@type": .array(types)]],
      "p": isMap ? map : .array(values),
    ]
    let error = error(document, Processor(options))
    #expect(error?.code == .limitExceeded)
    #expect(error?.place.isEmpty == false)
  }

  /// A mebibyte that is looked at again for each of many short values would take minutes.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      // The base: its last segment, its query, its dot segments.
      ["@base": "http://e/LONG", "p": ["@id": "http://p", "@type": "@id"]],
      ["@base": "http://e/?LONG", "p": ["@id": "http://p", "@type": "@id"]],
      ["@base": "http://e/DOTS", "p": ["@id": "http://p", "@type": "@id"]],
      ["p": ["@id": "http://p", "@context": ["x": "http://LONG"]]],
      ["@base": "http://e/LONG", "p": ["@id": "http://p", "@context": ["@language": "en"]]],
    ] as [JSON])
  func whatIsLongIsLookedAtOnce(context: JSON) throws {
    let text = JSONWriter().text(of: context)
      .replacing("LONG", with: String(repeating: "x", count: 1 << 20))
      .replacing("DOTS", with: String(repeating: "x/../", count: 1 << 18))
    let document: JSON = [
      "@context": try JSONParser().parse(text),
      "p": .array((0..<100_000).map { .string("v\($0)") }),
    ]
    let result = try Processor().expand(document)
    #expect(result.array?.first?["http://p"]?.array?.count == 100_000)
  }

  private static let long = "http://e/" + String(repeating: "x", count: 1 << 20)

  /// Names of a mebibyte that are said by a few bytes, over and over.
  private static let sayings: [(context: JSON, value: @Sendable (Int) -> JSON)] = [
    (["p": ["@id": .string(long)]], { .string("v\($0)") }),
    (["p": ["@id": "http://p", "@type": .string(long)]], { .string("v\($0)") }),
    (["p": ["@id": "http://p", "@language": .string(long)]], { .string("v\($0)") }),
    (["p": ["@id": "http://p", "@language": .string(long)]], { _ in "a" }),
    (["p": ["@id": "http://p", "@type": "@id"], "x": .string(long + "/")], { _ in "x:1" }),
    (["p": "http://p", "t": .string(long)], { ["t": .string("v\($0)")] }),
    (["p": "http://p", "t": .string(long)], { _ in ["t": 0] }),
    (["p": "http://p", "@vocab": .string(long)], { _ in ["@type": "t"] }),
  ]

  @Test(.timeLimit(.minutes(1)), arguments: sayings.indices)
  func aLongNameThatIsSaidOverAndOverIsLimited(_ index: Int) throws {
    let (context, value) = Self.sayings[index]
    let processor = Processor()
    let document: JSON = ["@context": context, "p": .array((0..<10_000).map(value))]
    func refused(_ body: () throws -> Void) {
      let error = #expect(throws: JSONLDError.self) { try body() }
      #expect(error?.code == .limitExceeded)
    }
    var byteCount = 0
    refused {
      try processor.toRDF(document) { quad in
        if case .iri(let name) = quad.predicate { byteCount += name.utf8.count }
      }
    }
    #expect(byteCount < 1 << 30)
    // The name of a property is there once for all of its values.
    if index == 0 { return }
    refused { _ = try processor.flatten(document) }
    refused { _ = try processor.compact(document, with: ["@vocab": "http://e/"]) }
  }

  /// Contexts that are processed again and again, each time with all terms.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      { ["@context": [["@vocab": "http://v/"], .object(JSONObject($0))], "a": 0] },
      { ["@context": ["p": ["@id": "http://p", "@context": .object(JSONObject($0))]], "p": 0] },
    ] as [@Sendable ([(String, JSON)]) -> JSON])
  func definingTermsOverAndOverIsLimited(_ wrap: @Sendable ([(String, JSON)]) -> JSON) throws {
    let terms = (0..<10_000).map { ("t\($0)", JSON.string("urn:a")) }
    let inner = wrap(terms)
    let document: JSON = [
      "@context": inner["@context"] ?? nil,
      "http://q": .array(
        (0..<10_000).map { ["@context": .object(JSONObject("b\($0)", nil)), "p": 0] }),
    ]
    let error = self.error(document)
    #expect(error == nil || error?.code == .limitExceeded)
  }

  /// What people write, of a size that would be refused where the shares of texts alone counted.
  @Test func shortNumbersInListsAreNoHostileInput() throws {
    let points = (0..<50_000).map { place -> JSON in
      let (x, y) = (Int64(1000 + place % 9000), Int64(9999 - place % 9000))
      return ["@list": [.number(JSONNumber(x)), .number(JSONNumber(y))]]
    }
    let document: JSON = ["http://p": ["@list": .array(points)]]
    #expect(try Processor().expand(document).array?.count == 1)
    #expect(try Processor().flatten(document).array?.count == 1)
  }

  @Test func longStringsStayWhatTheyAre() throws {
    let text = String(repeating: "0123456789abcdef", count: 1 << 18)
    let document = try JSONParser().parse("{\"http://p\":\"\(text)\"}")
    let result = try Processor().expand(document)
    #expect(result == [["http://p": [["@value": .string(text)]]]])
  }

  @Test func nulAndTermsThatLookAlikeAreKept() throws {
    let document = try JSONParser().parse(
      "{\"@context\":{\"\u{e9}\":\"http://1\",\"e\u{301}\":\"http://2\"},\"e\u{301}\":\"a\\u0000b\"}"
    )
    #expect(try Processor().expand(document) == [["http://2": [["@value": "a\0b"]]]])
  }
}
