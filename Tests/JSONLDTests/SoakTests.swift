import Foundation
import JSONLD
import RDF
import Testing

/// Documents of a megabyte and more, which take no more memory than 40 times the text.
///
/// They run where the environment variable `SC_SOAK` is set, alone and best in a release build:
/// `SC_SOAK=1 swift test -c release --no-parallel --filter SoakTests`.
@Suite(.serialized, .enabled(if: Soak.isOn))
struct SoakTests {
  private static let factor = 40

  /// Measures what the body holds besides the text.
  ///
  /// - Parameter mayBeRefused: whether it may also find out that it would take too much.
  private func check(
    _ name: String, _ text: [UInt8], mayBeRefused: Bool = false, _ body: () throws -> Void
  ) throws {
    var refusal = ""
    let peak = try #require(
      try Soak.peak {
        do {
          try body()
        } catch let error as JSONLDError where mayBeRefused && error.code == .limitExceeded {
          refusal = ", refused"
        }
      })
    let factor = Double(peak) / Double(text.count)
    print("\(name): \(text.count) bytes, memory \(factor) times that\(refusal)")
    #expect(factor < Double(Self.factor))
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

  private static let byteCounts = [1_000_000, 20_000_000]

  private static let containers = ["@list", "@index", "@id", "@type", "@graph", "@set"]

  @Test(arguments: containers, byteCounts)
  func shortValuesInContainers(container: String, byteCount: Int) throws {
    let values =
      switch container {
      case "@id", "@type": ["{}"]
      case "@index": ["0", "{}"]
      default: ["0", "[0]", "{}"]
      }
    for value in values { try check(value, in: container, byteCount: byteCount) }
  }

  private func check(_ value: String, in container: String, byteCount: Int) throws {
    let isMap = ["@index", "@id", "@type"].contains(container)
    let head =
      #"{"@context":{"p":{"@id":"http://p","@container":"\#(container)"}},"p":"#
      + (isMap ? #"{"http://k":["# : "[")
    let text = text(head, isMap ? "]}}" : "]}", byteCount: byteCount) { _ in value }
    // What people write: numbers in lists and sets.
    let mayBeRefused = isMap || container == "@graph"
    try check("\(value) in \(container), expanded", text, mayBeRefused: mayBeRefused) {
      _ = try Processor().expand(try JSONParser().parse(text))
    }
    try check("\(value) in \(container), in RDF", text, mayBeRefused: mayBeRefused) {
      try Processor().toRDF(try JSONParser().parse(text)) { _ in }
    }
    try check("\(value) in \(container), flattened", text, mayBeRefused: true) {
      _ = try Processor().flatten(try JSONParser().parse(text))
    }
  }

  /// What becomes far more than it is, in a property `p` of some context.
  struct Shape: CustomStringConvertible, Sendable {
    let description: String
    var context = #"{"@vocab":"http://v/"}"#
    var direction: ProcessingOptions.RDFDirection?
    let element: @Sendable (Int) -> String
  }

  private static let long = String(repeating: "x", count: 200)

  private static let shapes = [
    Shape(description: "numbers") { String($0 % 9000 + 1000) },
    Shape(description: "coordinates") { "[\($0 % 180).\($0 % 7),\($0 % 90).\($0 % 9)]" },
    Shape(description: "objects") { _ in "{}" },
    Shape(description: "objects in one another") { _ in
      String(repeating: #"{"a":"#, count: 400) + "0" + String(repeating: "}", count: 400)
    },
    Shape(description: "different objects in one another") { place in
      String(repeating: #"{"a":"#, count: 400) + "\(place)" + String(repeating: "}", count: 400)
    },
    Shape(
      description: "lists in one another",
      context: #"{"p":{"@id":"http://p","@container":"@list"}}"#
    ) { place in
      String(repeating: "[", count: 400) + "\(place)" + String(repeating: "]", count: 400)
    },
    Shape(
      description: "numbers in graphs",
      context: #"{"p":{"@id":"http://p","@container":"@graph"}}"#
    ) { String($0 % 9000 + 1000) },
    Shape(
      description: "IRIs",
      context: #"{"p":{"@id":"http://p","@type":"@id"},"x":"http://\#(long)/"}"#
    ) { #""x:\#(String($0 % 46_000, radix: 36))""# },
    Shape(
      description: "types", context: #"{"@vocab":"http://\#(long)/"}"#
    ) { #"{"@type":"\#(String($0 % 46_000, radix: 36))"}"# },
    Shape(
      description: "strings with a direction",
      context: #"{"@vocab":"http://v/","@direction":"rtl","@language":"ar"}"#,
      direction: .compoundLiteral
    ) { #""\#(String($0 % 46_000, radix: 36))""# },
    Shape(description: "contexts") { place in
      #"{"@context":{"a\#(place)":"http://a"},"a\#(place)":0}"#
    },
  ]

  @Test(arguments: shapes, byteCounts)
  func shapesOfDocuments(shape: Shape, byteCount: Int) throws {
    let text = text(
      #"{"@context":\#(shape.context),"p":["#, "]}", byteCount: byteCount, shape.element)
    var options = ProcessingOptions()
    options.rdfDirection = shape.direction
    let processor = Processor(options)
    try check("\(shape), expanded", text, mayBeRefused: true) {
      _ = try processor.expand(try JSONParser().parse(text))
    }
    try check("\(shape), in RDF", text, mayBeRefused: true) {
      try processor.toRDF(try JSONParser().parse(text)) { _ in }
    }
    try check("\(shape), flattened", text, mayBeRefused: true) {
      _ = try processor.flatten(try JSONParser().parse(text))
    }
    try check("\(shape), compacted", text, mayBeRefused: true) {
      _ = try processor.compact(
        try JSONParser().parse(text), with: ["@vocab": "http://v/", "q": "http://q"])
    }
  }

  @Test(arguments: byteCounts)
  func membersOfOneObject(byteCount: Int) throws {
    let text = text(
      #"{"@context":{"@vocab":"http://\#(Self.long)/"},"#, "}", byteCount: byteCount
    ) { #""\#(String($0, radix: 36))":0"# }
    try check("members, expanded", text, mayBeRefused: true) {
      _ = try Processor().expand(try JSONParser().parse(text))
    }
    try check("members, compacted", text, mayBeRefused: true) {
      _ = try Processor().compact(
        try JSONParser().parse(text), with: ["@vocab": .string("http://\(Self.long)/")])
    }
  }

  @Test(arguments: byteCounts)
  func termsOfOneContext(byteCount: Int) throws {
    let text = text(#"{"@context":{"@vocab":"http://v/","#, "}}", byteCount: byteCount) {
      #""\#(String($0, radix: 36))":{}"#
    }
    try check("terms", text, mayBeRefused: true) {
      _ = try Processor().expand(try JSONParser().parse(text))
    }
  }

  @Test func aMillionBlankNodes() throws {
    var number = 0
    let text = text("[", "]", byteCount: 72_000_000) { place in
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
