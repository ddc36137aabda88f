import Canonical
import HTTP

/// The JSON values of a streamed answer, one a line, as they come.
///
/// An `errorDetail` in the stream ends it with an `EngineError` of code `inStream`, or `noSpace`.
struct JSONLines: AsyncSequence {
  private let body: HTTPResponseBody
  private let route: Route
  private let dialect: EngineDialect

  init(_ body: HTTPResponseBody, _ route: Route, _ dialect: EngineDialect) {
    self.body = body
    self.route = route
    self.dialect = dialect
  }

  func makeAsyncIterator() -> Iterator {
    Iterator(body: body.makeAsyncIterator(), route: route, dialect: dialect)
  }

  struct Iterator: AsyncIteratorProtocol {
    private var body: HTTPResponseBody.Iterator
    private let route: Route
    private let dialect: EngineDialect
    private var lines = LineSplitter()

    init(body: HTTPResponseBody.Iterator, route: Route, dialect: EngineDialect) {
      self.body = body
      self.route = route
      self.dialect = dialect
    }

    mutating func next() async throws -> JSONValue? {
      while true {
        while let line = lines.next() {
          if let value = try parse(line) { return value }
        }
        guard let chunk = try await body.next() else {
          return try lines.rest().flatMap { try parse($0) }
        }
        try lines.append(chunk, operation: route.operation)
      }
    }

    private func parse(_ line: [UInt8]) throws(EngineError) -> JSONValue? {
      guard line.contains(where: { $0 > 0x20 }) else { return nil }
      let value = try dialect.answer(EngineClient.parse(line, route), to: route)
      guard value["errorDetail"] == nil, value["error"]?.string == nil else {
        throw EngineError(
          inStream: value["errorDetail"]?["message"]?.string ?? value["error"]?.string
            ?? "unknown error",
          exitCode: value["errorDetail"]?["code"]?.integer.map { Int($0) },
          operation: route.operation)
      }
      return value
    }
  }
}

/// Splits bytes into lines; a pure state machine.
struct LineSplitter {
  /// The longest line that is taken: 16 MiB.
  static let maximumLength = 16 << 20

  private var buffer: [UInt8] = []
  private var start = 0
  private var scanned = 0

  /// Takes the next bytes.
  mutating func append(_ bytes: [UInt8], operation: String) throws(EngineError) {
    if start > 0 {
      buffer.removeFirst(start)
      scanned -= start
      start = 0
    }
    buffer += bytes
    guard buffer.count <= Self.maximumLength else {
      throw EngineError(
        .unexpectedAnswer, "the engine sent a line of more than \(Self.maximumLength) bytes",
        operation: operation)
    }
  }

  /// The next whole line, without its line feed; nil when there is none yet.
  mutating func next() -> [UInt8]? {
    guard let end = buffer[scanned...].firstIndex(of: 0x0A) else {
      scanned = buffer.count
      return nil
    }
    defer {
      start = end + 1
      scanned = start
    }
    return Array(buffer[start..<end])
  }

  /// What stands after the last line feed; nil when that is nothing.
  mutating func rest() -> [UInt8]? {
    defer {
      buffer = []
      start = 0
      scanned = 0
    }
    return start < buffer.count ? Array(buffer[start...]) : nil
  }
}
