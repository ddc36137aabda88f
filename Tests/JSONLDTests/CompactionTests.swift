import JSONLD
import Testing

struct CompactionTests {
  private func compact(
    _ document: JSON, _ context: JSON, _ change: (inout ProcessingOptions) -> Void = { _ in }
  ) throws -> JSON {
    var options = ProcessingOptions()
    change(&options)
    var compacted = try Processor(options).compact(document, with: context).object ?? JSONObject()
    compacted["@context"] = nil
    return .object(compacted)
  }

  @Test func putsTheContextFirstUnlessItIsEmpty() throws {
    let context: JSON = ["p": "urn:p"]
    let document: JSON = ["@id": "urn:a", "urn:p": 1]
    #expect(
      try Processor().compact(document, with: ["@context": context]).object?.members.first?.name
        == "@context")
    #expect(try Processor().compact(document, with: [:])["@context"] == nil)
    #expect(try Processor().compact([], with: context) == ["@context": context])
  }

  @Test func findsTheSamePrefixWhateverTheOrderOfTerms() throws {
    let document: JSON = ["urn:a:b:c": 1]
    #expect(
      try compact(document, ["y": "urn:a:", "x": "urn:a:", "longer": "urn:a:b:"]) == ["x:b:c": 1])
    #expect(try compact(document, ["lo": "urn:a:b:", "x": "urn:a:"]) == ["lo:c": 1])
  }

  @Test func refusesAnIRIThatAPrefixWouldChange() {
    let context: JSON = ["tag": "http://example.com/ns/"]
    #expect { try compact(["@id": "tag:a", "urn:p": 1], context) } throws: {
      ($0 as? JSONLDError)?.code == .iriConfusedWithPrefix
    }
  }

  @Test func keepsAnotherListBesideTheOneThatATermHolds() throws {
    let context: JSON = [
      "p": ["@id": "urn:p", "@container": "@list"], "n": "@nest",
      "q": ["@id": "urn:q", "@container": "@list", "@nest": "n"],
    ]
    let lists: JSON = [["@list": [1, 2]], ["@list": [3]], ["@list": []]]
    let compacted = try compact(["urn:p": lists, "urn:q": lists], context)
    #expect(
      compacted == [
        "p": [1, 2], "urn:p": [["@list": [3]], ["@list": []]],
        "n": ["q": [1, 2]], "urn:q": [["@list": [3]], ["@list": []]],
      ])
    var options = ProcessingOptions()
    options.expansionContext = context
    let expanded = try Processor(options).expand(compacted)
    #expect(
      try expanded.isSameJSONLD(as: Processor().expand(["urn:p": lists, "urn:q": lists])))
  }

  @Test func refusesListsThatNoTextKeepsApart() {
    let context: JSON = ["urn:p": ["@container": "@list"]]
    #expect { try compact(["urn:p": [["@list": [1]], ["@list": [2]]]], context) } throws: {
      ($0 as? JSONLDError)?.code == .compactionToListOfLists
    }
  }

  @Test func takesTermsOfTheVocabularyForNodesWithATermOnly() throws {
    let context: JSON = [
      "t": "urn:t", "v": ["@id": "urn:p", "@type": "@vocab"],
      "i": ["@id": "urn:p", "@type": "@id"],
    ]
    #expect(try compact(["urn:p": ["@id": "urn:t"]], context) == ["v": "t"])
    #expect(try compact(["urn:p": ["@id": "urn:x"]], context) == ["i": "urn:x"])
    #expect(
      try compact(["@id": "urn:x", "@reverse": ["urn:p": ["@id": "urn:t"]]], context)
        == ["@id": "urn:x", "@reverse": ["v": "t"]])
  }

  @Test func keepsAListOfLists() throws {
    let context: JSON = ["p": ["@id": "urn:p", "@container": "@list"]]
    let list: JSON = ["@list": [["@list": [1]], ["@list": []]]]
    #expect(try compact(["urn:p": list], context) == ["p": [[1], []]])
  }

  @Test func keepsATypeOrLanguageThatATermHasNot() throws {
    let context: JSON = ["@language": "en", "p": ["@id": "urn:p", "@type": "urn:T"]]
    let values: JSON = [
      ["@value": "1", "@type": "urn:T"], ["@value": "2", "@type": "urn:U"], ["@value": "3"],
      ["@value": "4", "@language": "EN"], ["@value": 5],
    ]
    #expect(
      try compact(["urn:p": values], context) == [
        "p": "1",
        "urn:p": [["@value": "2", "@type": "urn:U"], ["@value": "3"], "4", 5],
      ])
  }

  @Test(arguments: [
    ("http://a.example/b/c/d", "d"), ("http://a.example/b/c/", "./"),
    ("http://a.example/b/x", "../x"), ("http://a.example/b/c/e#f", "e#f"),
    ("http://a.example/b/c/d?q", "?q"), ("http://a.example/b/c/@type", "./@type"),
    ("http://other.example/b", "http://other.example/b"), ("urn:a", "urn:a"),
    ("http://a.example/b/c/x:y", "http://a.example/b/c/x:y"), ("http://a.example/", "../../"),
  ])
  func makesIRIsRelativeOnlyWhenTheyComeBack(_ iri: String, _ relative: String) throws {
    let document: JSON = ["@id": .string(iri), "urn:p": 1]
    let compacted = try compact(document, [:]) { $0.base = "http://a.example/b/c/d" }
    #expect(compacted["@id"]?.string == relative)
    let absolute = try compact(document, [:]) {
      $0.base = "http://a.example/b/c/d"
      $0.compactsToRelative = false
    }
    #expect(absolute["@id"]?.string == iri)
  }

  @Test func putsMembersInOrderWhenToldTo() throws {
    let compacted = try compact(["urn:b": 1, "urn:a": 2, "@id": "urn:x"], [:]) {
      $0.isOrdered = true
    }
    #expect(compacted.object.map { Array($0.names) } == ["@id", "urn:a", "urn:b"])
  }

  @Test func keepsArraysWhenToldTo() throws {
    let compacted = try compact(["@id": "urn:a", "@type": "urn:T", "urn:p": 1], [:]) {
      $0.compactsArrays = false
    }
    #expect(compacted == ["@graph": [["@id": "urn:a", "@type": ["urn:T"], "urn:p": [1]]]])
  }

  @Test func refusesANestThatIsNone() {
    let context: JSON = ["n": "urn:n", "p": ["@id": "urn:p", "@nest": "n"]]
    #expect { try compact(["urn:p": 1], context) } throws: {
      ($0 as? JSONLDError)?.code == .invalidNestValue
    }
  }

  @Test(.timeLimit(.minutes(1))) func takesTimeLinearInTheValues() throws {
    let context: JSON = ["p": ["@id": "urn:p", "@container": "@index"], "q": "urn:q"]
    let indexed = (0..<20_000).map { place -> JSON in
      ["@value": "x", "@index": .string("i\(place)")]
    }
    let plain = (0..<20_000).map { JSON.number(JSONNumber(Int64($0))) }
    let compacted = try compact(["urn:p": .array(indexed), "urn:q": .array(plain)], context)
    #expect(compacted["p"]?.object?.count == 20_000)
    #expect(compacted["q"]?.array?.count == 20_000)
  }

  @Test func goesAsDeepAsDocumentsMayBe() throws {
    var document: JSON = ["urn:q": 1]
    for _ in 0..<500 { document = ["urn:p": document] }
    #expect(try compact(document, [:]) == document)
  }

  /// The standard has named graphs alone under the term, from where they are not read again.
  @Test func namedAndSimpleGraphsOfOnePropertyAreReadAgain() throws {
    let node: JSON = ["http://q": [["@value": "x"]]]
    let graphs: [JSON] = [
      ["@graph": [node]], ["@graph": [node], "@index": "i"], ["@graph": [node], "@id": "urn:g"],
      ["@graph": [node], "@id": "urn:g", "@index": "i"],
    ]
    let definition: JSON = ["@id": "urn:p", "@container": ["@graph", "@index"]]
    for some in 1..<16 where some & 3 != 0 {
      let values = graphs.indices.filter { some >> $0 & 1 == 1 }.map { graphs[$0] }
      for values in [values, values.reversed()] {
        let document: JSON = [["urn:p": .array(values)]]
        let compacted = try Processor().compact(document, with: ["p": definition])
        let again = try Processor().expand(compacted).array?.first?["urn:p"]?.array
        #expect(Set(again ?? []) == Set(values), "\(JSONWriter().text(of: compacted))")
      }
    }
    #expect {
      try Processor().compact([["urn:p": .array(graphs)]], with: ["urn:p": definition])
    } throws: { ($0 as? JSONLDError)?.code == .compactionToMixedGraphs }
  }
}
