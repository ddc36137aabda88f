/// One pass over a JSON text.
struct JSONReader {
  let bytes: [UInt8]
  var place = 0
  private var depthLeft: Int
  private let lastWins: Bool

  init(_ bytes: [UInt8], depth: Int, lastWins: Bool) {
    self.bytes = bytes
    depthLeft = depth
    self.lastWins = lastWins
  }

  mutating func readDocument() throws(JSONLDError) -> JSON {
    skipSpace()
    let value = try readValue()
    skipSpace()
    guard place == bytes.count else { throw error("something follows the value") }
    return value
  }

  private mutating func readValue() throws(JSONLDError) -> JSON {
    guard place < bytes.count else { throw error("the text ends where a value is expected") }
    switch bytes[place] {
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "{"): return .object(try readObject())
    case UInt8(ascii: "["): return .array(try readArray())
    case UInt8(ascii: "t"): return try readWord("true", .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    default: return .number(try readNumber())
    }
  }

  private mutating func readWord(_ word: StaticString, _ value: JSON) throws(JSONLDError) -> JSON {
    let end = place + word.utf8CodeUnitCount
    let isSame = word.withUTF8Buffer { end <= bytes.count && bytes[place..<end].elementsEqual($0) }
    guard isSame else { throw error("a value is expected") }
    place = end
    return value
  }

  private mutating func readNumber() throws(JSONLDError) -> JSONNumber {
    guard let end = JSONNumber.end(in: bytes, from: place) else {
      throw error("a value is expected")
    }
    let text = String(decoding: bytes[place..<end], as: UTF8.self)
    place = end
    return JSONNumber(unchecked: text)
  }

  private mutating func readArray() throws(JSONLDError) -> [JSON] {
    try enter()
    var elements: [JSON] = []
    if !closes(with: UInt8(ascii: "]")) {
      while true {
        skipSpace()
        do { elements.append(try readValue()) } catch { throw error.inside(elements.count) }
        guard try continues(until: UInt8(ascii: "]")) else { break }
      }
    }
    depthLeft += 1
    return elements.count < 64 ? elements : elements.withoutSpareCapacity
  }

  private mutating func readObject() throws(JSONLDError) -> JSONObject {
    try enter()
    var object = JSONObject()
    if !closes(with: UInt8(ascii: "}")) {
      while true {
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
          throw error("the name of a member is expected")
        }
        let start = place
        let name = try readString()
        try readColon()
        let value: JSON
        do { value = try readValue() } catch { throw error.inside(name) }
        if !object.insert(name, value) {
          guard lastWins else {
            place = start
            throw error("a second member of that name").inside(name)
          }
          object[name] = value
        }
        guard try continues(until: UInt8(ascii: "}")) else { break }
      }
    }
    depthLeft += 1
    if object.count >= 64 { object.dropSpareCapacity() }
    return object
  }

  private mutating func readColon() throws(JSONLDError) {
    skipSpace()
    guard place < bytes.count, bytes[place] == UInt8(ascii: ":") else {
      throw error("a colon is expected")
    }
    place += 1
    skipSpace()
  }

  private mutating func enter() throws(JSONLDError) {
    guard depthLeft > 0 else {
      throw JSONLDError(.limitExceeded, "Values are too deep in one another.")
    }
    depthLeft -= 1
    place += 1
  }

  /// Whether what was just entered ends at once.
  private mutating func closes(with byte: UInt8) -> Bool {
    skipSpace()
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  /// Whether another element follows, after a comma.
  private mutating func continues(until end: UInt8) throws(JSONLDError) -> Bool {
    skipSpace()
    guard place < bytes.count else { throw error("the text ends in the middle") }
    let byte = bytes[place]
    guard byte == end || byte == UInt8(ascii: ",") else {
      throw error("a comma or the end is expected")
    }
    place += 1
    return byte != end
  }

  private mutating func skipSpace() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0a, 0x0d, 0x09: place += 1
      default: return
      }
    }
  }

  func error(_ problem: String) -> JSONLDError {
    let line = bytes[..<min(place, bytes.count)].count { $0 == 0x0a } + 1
    return JSONLDError(.invalidJSON, "Line \(line), byte \(place): \(problem).")
  }
}

extension Array {
  /// The same elements without the room for as many more that is left when they were appended one
  /// by one; it would be held as long as the document is.
  var withoutSpareCapacity: Self {
    guard capacity - count > count / 8 else { return self }
    var elements = Self()
    elements.reserveCapacity(count)
    elements.append(contentsOf: self)
    return elements
  }
}
