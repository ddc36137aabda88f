import Foundation
import JSONLD
import RDF
import Testing

/// Documents of many megabytes, which take no more memory than 40 times the text.
///
/// They run where the environment variable `SC_SOAK` is set, alone and best in a release build:
/// `SC_SOAK=1 swift test -c release --no-parallel --filter SoakTests`.
@Suite(.serialized, .enabled(if: Soak.isOn))
struct SoakTests {
  private static let factor = 40

  init() throws { _ = try #require(Soak.start) }

  /// Measures the body and all that is held besides, but the text.
  private func check(_ name: String, _ text: [UInt8], _ body: () throws -> Void) throws {
    let peak = try #require(try Soak.peak(of: body)) - text.count
    print("\(name): \(text.count) bytes, memory \(Double(peak) / Double(text.count)) times that")
    #expect(peak < Self.factor * text.count)
  }

  private func text(
    _ head: String, _ tail: String, byteCount: Int, _ element: (Int) -> String
  ) -> [UInt8] {
    var text = Array(head.utf8)
    text.reserveCapacity(byteCount + 1000)
    var number = 0
    while text.count < byteCount {
      if number > 0 { text.append(UInt8(ascii: ",")) }
      text.append(contentsOf: element(number).utf8)
      number += 1
    }
    text.append(contentsOf: tail.utf8)
    return text
  }

  @Test func aStringOf500Megabytes() throws {
    var text = Array(#"{"http://p":""#.utf8)
    text.append(contentsOf: repeatElement(UInt8(ascii: "x"), count: 500_000_000))
    text.append(contentsOf: #""}"#.utf8)
    var lengths: [Int] = []
    try check("one string", text) {
      let document = try JSONParser().parse(text)
      let expanded = try Processor().expand(document)
      try Processor().toRDF(expanded) { quad in
        if case .literal(let literal) = quad.object { lengths.append(literal.value.utf8.count) }
      }
    }
    #expect(lengths == [500_000_000])
  }

  private static let containers = ["@list", "@index", "@id", "@type", "@graph", "@set"]

  @Test(arguments: containers, ["0", "[0]", "{}"])
  func shortValuesInContainers(container: String, value: String) throws {
    let isMap = ["@index", "@id", "@type"].contains(container)
    guard value != "[0]" || !isMap, value == "{}" || !["@id", "@type"].contains(container) else {
      return
    }
    let head =
      #"{"@context":{"p":{"@id":"http://p","@container":"\#(container)"}},"p":"#
      + (isMap ? #"{"http://k":["# : "[")
    let text = text(head, isMap ? "]}}" : "]}", byteCount: 20_000_000) { _ in value }
    try check("\(value) in \(container), expanded", text) {
      _ = try Processor().expand(try JSONParser().parse(text))
    }
    try check("\(value) in \(container), in RDF", text) {
      try Processor().toRDF(try JSONParser().parse(text)) { _ in }
    }
  }

  @Test func aMillionBlankNodes() throws {
    var number = 0
    let text = text("[", "]", byteCount: 60_000_000) { place in
      number = place + 1
      return #"{"@id":"_:b\#(place)","http://n":\#(place),"http://p":{"@id":"_:b\#(place + 1)"}}"#
    }
    #expect(number > 900_000)
    var dataset = Dataset()
    try check("blank nodes in RDF", text) {
      try Processor().toRDF(try JSONParser().parse(text)) { dataset.insert($0) }
    }
    #expect(dataset.count == 2 * number)
    try check("blank nodes from RDF", text) {
      let document = try Processor().fromRDF(dataset)
      #expect(document.array?.count == number)
    }
    try check("blank nodes canonicalized", text) { _ = try dataset.canonicalized() }
    dataset = Dataset()
    try check("blank nodes flattened", text) {
      _ = try Processor().flatten(try JSONParser().parse(text))
    }
    try check("blank nodes compacted", text) {
      _ = try Processor().compact(try JSONParser().parse(text), with: ["p": "http://p"])
    }
  }
}
