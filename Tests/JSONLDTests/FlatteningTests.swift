import JSONLD
import Testing

struct FlatteningTests {
  private func flatten(_ document: JSON, ordered: Bool = true) throws -> JSON {
    var options = ProcessingOptions()
    options.isOrdered = ordered
    return try Processor(options).flatten(document)
  }

  @Test func gathersWhatIsSaidOfANode() throws {
    let flattened = try flatten([
      ["@id": "urn:b", "urn:p": ["@id": "urn:a", "urn:q": 1]],
      ["@id": "urn:a", "@type": "urn:T", "urn:q": [1, 2]],
    ])
    #expect(
      flattened == [
        ["@id": "urn:a", "@type": ["urn:T"], "urn:q": [["@value": 1], ["@value": 2]]],
        ["@id": "urn:b", "urn:p": [["@id": "urn:a"]]],
      ])
  }

  @Test func leavesOutNodesOfWhichNothingIsSaid() throws {
    #expect(try flatten(["@id": "urn:a", "urn:p": ["@id": "urn:b"]]).array?.count == 1)
  }

  @Test func givesLabelsInTheOrderOfTheDocumentThoseOfTypesFirst() throws {
    let flattened = try flatten(
      ["@id": "_:x", "urn:p": [["urn:q": 1], ["@id": "_:x"], ["@id": "_:y", "@type": "_:t"]]])
    #expect(
      flattened == [
        ["@id": "_:b0", "urn:p": [["@id": "_:b1"], ["@id": "_:b0"], ["@id": "_:b3"]]],
        ["@id": "_:b1", "urn:q": [["@value": 1]]],
        ["@id": "_:b3", "@type": ["_:b2"]],
      ])
  }

  @Test func putsNamedGraphsInTheNodesThatNameThem() throws {
    let flattened = try flatten([
      "@id": "urn:g", "urn:p": 1,
      "@graph": [
        ["@id": "urn:b", "urn:p": 3], ["@id": "urn:a", "urn:p": ["@id": "urn:c", "urn:p": 2]],
      ],
    ])
    #expect(
      flattened == [
        [
          "@id": "urn:g", "urn:p": [["@value": 1]],
          "@graph": [
            ["@id": "urn:a", "urn:p": [["@id": "urn:c"]]],
            ["@id": "urn:b", "urn:p": [["@value": 3]]],
            ["@id": "urn:c", "urn:p": [["@value": 2]]],
          ],
        ]
      ])
  }

  @Test func turnsReversePropertiesRound() throws {
    let flattened = try flatten(
      ["@id": "urn:a", "@reverse": ["urn:p": [["@id": "urn:b"], ["@id": "urn:b"]]]])
    #expect(flattened == [["@id": "urn:b", "urn:p": [["@id": "urn:a"]]]])
  }

  @Test func takesIncludedNodesForOthers() throws {
    let flattened = try flatten(["@id": "urn:a", "@included": [["@id": "urn:b", "urn:p": 1]]])
    #expect(flattened == [["@id": "urn:b", "urn:p": [["@value": 1]]]])
  }

  @Test func keepsEachListAndEachElement() throws {
    let list: JSON = ["@list": [1, 1, ["@list": []], ["@id": "urn:b", "urn:q": 2]]]
    let flattened = try flatten(["@id": "urn:a", "urn:p": [list, list]])
    let kept: JSON = ["@list": [["@value": 1], ["@value": 1], ["@list": []], ["@id": "urn:b"]]]
    #expect(
      flattened == [
        ["@id": "urn:a", "urn:p": [kept, kept]], ["@id": "urn:b", "urn:q": [["@value": 2]]],
      ])
  }

  @Test func keepsTheOrderOfTheDocumentUnlessToldOtherwise() throws {
    let flattened = try flatten(
      [["@id": "urn:b", "urn:p": 1], ["@id": "urn:a", "urn:p": 1]], ordered: false)
    #expect(flattened.array?.compactMap { $0["@id"]?.string } == ["urn:b", "urn:a"])
  }

  @Test func refusesTwoIndexesOfOneNode() {
    let document: JSON = [
      "urn:p": [["@id": "urn:a", "@index": "1"], ["@id": "urn:a", "@index": "2"]]
    ]
    #expect { try flatten(document) } throws: {
      ($0 as? JSONLDError)?.code == .conflictingIndexes
    }
  }

  @Test func compactsWithAContext() throws {
    let context: JSON = ["ex": "urn:ex:", "p": ["@id": "ex:p", "@type": "@id"]]
    let flattened = try Processor().flatten(
      ["@id": "urn:ex:a", "urn:ex:p": ["@id": "urn:ex:b", "urn:ex:p": ["@id": "urn:ex:a"]]],
      with: context)
    #expect(
      flattened == [
        "@context": context,
        "@graph": [["@id": "ex:a", "p": "ex:b"], ["@id": "ex:b", "p": "ex:a"]],
      ])
  }

  @Test(.timeLimit(.minutes(1))) func takesTimeLinearInTheValuesOfAProperty() throws {
    let values = (0..<200_000).map { JSON.number(JSONNumber(Int64($0 % 100_000))) }
    let flattened = try flatten(["@id": "urn:a", "urn:p": .array(values)])
    #expect(flattened.array?.first?["urn:p"]?.array?.count == 100_000)
  }
}
