import Canonical
import JSONLD
import Provenance

/// The text of `SCProv.jsonld`: the activities to which a smart image owes what it is, the oldest
/// first, each a named graph in a JSON array.
///
/// What is appended stands behind what was there.
struct SmartHistory: Sendable {
  /// The elements as they stand there, without the comma between them.
  private var elements: [[UInt8]] = []

  /// The names of the graphs that are there.
  private var names: Set<String> = []

  /// The size up to which it is read and written; of more the newest are written.
  static let byteLimit = 16 << 20

  /// How many elements are read.
  private static let countLimit = 100_000

  init() {}

  /// Reads what stands in an image.
  ///
  /// The original wrote documents one behind the other, with nothing between them.
  ///
  /// - Throws: `JSONLDError` for what is no JSON, and for what has no objects in it.
  init(_ bytes: [UInt8]) throws(JSONLDError) {
    for document in try Self.documents(bytes) {
      for element in document.array ?? [SmartLabel.withoutGraph(document)] {
        guard element.object != nil, elements.count < Self.countLimit else {
          throw JSONLDError(.loadingDocumentFailed, "It is no history: an array of named graphs.")
        }
        elements.append(JSONWriter().bytes(of: element))
        if let name = element["@id"]?.string { names.insert(name) }
      }
    }
  }

  /// The text.
  var bytes: [UInt8] {
    var kept = elements[...]
    var byteCount = kept.reduce(8) { $0 + $1.count + 2 }
    while byteCount > Self.byteLimit, let oldest = kept.popFirst() {
      byteCount -= oldest.count + 2
    }
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    for (number, element) in kept.enumerated() {
      bytes.append(contentsOf: number == 0 ? "\n".utf8 : ",\n".utf8)
      bytes.append(contentsOf: element)
    }
    bytes.append(contentsOf: "\n]\n".utf8)
    return bytes
  }

  /// Appends the documents of activities that are not there yet.
  ///
  /// - Throws: `JSONLDError`, `RDFError` for one that is no linked data.
  mutating func append(_ documents: [(id: ActivityID, bytes: [UInt8])]) throws {
    let writer = try LinkedDataWriter(.jsonLD)
    for document in documents {
      var element: [UInt8] = []
      try writer.write(
        document.bytes, about: document.id, number: elements.count, to: &element)
      let text = Array(element.drop { $0 != UInt8(ascii: "{") })
      guard let name = try JSONParser().parse(text)["@id"]?.string,
        names.insert(name).inserted
      else { continue }
      elements.append(text)
    }
  }

  /// Cuts a text where one value ends and another begins.
  private static func documents(_ bytes: [UInt8]) throws(JSONLDError) -> [JSON] {
    var documents: [JSON] = []
    var (start, depth, isInString, isEscaped) = (0, 0, false, false)
    for (place, byte) in bytes.enumerated() {
      if isInString {
        if !isEscaped && byte == UInt8(ascii: "\"") { isInString = false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        guard depth == 0 else { continue }
        documents.append(try JSONParser().parse(Array(bytes[start...place])))
        start = place + 1
      default: break
      }
    }
    let rest = Array(bytes[start...])
    let isBlank = rest.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if !isBlank { documents.append(try JSONParser().parse(rest)) }
    return documents
  }
}
