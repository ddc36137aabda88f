import Testing

@testable import JSONLD

struct NodeMapTests {
  @Test func mergesTheNodesOfAllGraphs() throws {
    var generator = NodeMapGenerator(options: ProcessingOptions())
    let document = try Processor().expand([
      ["@id": "urn:a", "@type": "urn:T", "urn:p": 1],
      [
        "@id": "urn:g",
        "@graph": ["@id": "urn:a", "@index": "i", "@type": ["urn:T", "urn:U"], "urn:p": [1, 2]],
      ],
    ])
    try generator.add(document.asArray)
    let nodes = generator.finish().merged().nodes.map { JSON.object($0.object) }
    #expect(
      nodes == [
        [
          "@id": "urn:a", "@type": ["urn:T", "urn:U"], "@index": "i",
          "urn:p": [["@value": 1], ["@value": 2]],
        ],
        ["@id": "urn:g"],
      ])
  }
}
