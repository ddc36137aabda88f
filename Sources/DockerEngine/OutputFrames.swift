import HTTP

/// One piece of a container's output.
public struct OutputChunk: Sendable, Equatable {
  /// Where the container wrote it.
  public enum Stream: UInt8, Sendable {
    case standardInput = 0
    case standardOutput = 1
    case standardError = 2
  }

  public let stream: Stream
  public let bytes: [UInt8]

  public init(stream: Stream, bytes: [UInt8]) {
    self.stream = stream
    self.bytes = bytes
  }
}

/// Takes the framed output of a container apart; a pure state machine.
///
/// A frame is eight bytes, `[stream, 0, 0, 0, length in four bytes, big-endian]`, and as many
/// bytes as it says. A container with a terminal has no frames.
///
/// Source: Engine API 1.41, POST /containers/{id}/attach, "Stream format".
struct FrameParser {
  private var header: [UInt8] = []
  private var remaining = 0
  private var stream = OutputChunk.Stream.standardOutput

  /// Whether the bytes so far end between two frames.
  var isAtBoundary: Bool { header.isEmpty && remaining == 0 }

  /// Takes the next bytes and returns what they hold; a long frame comes in pieces.
  mutating func take(_ bytes: [UInt8], operation: String) throws(EngineError) -> [OutputChunk] {
    var chunks: [OutputChunk] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      if remaining > 0 {
        let piece = rest.prefix(remaining)
        chunks.append(OutputChunk(stream: stream, bytes: Array(piece)))
        remaining -= piece.count
        rest = rest.dropFirst(piece.count)
      } else {
        let missing = rest.prefix(8 - header.count)
        header += missing
        rest = rest.dropFirst(missing.count)
        if header.count == 8 { try readHeader(operation) }
      }
    }
    return chunks
  }

  private mutating func readHeader(_ operation: String) throws(EngineError) {
    guard let stream = OutputChunk.Stream(rawValue: header[0]), header[1...3] == [0, 0, 0] else {
      throw EngineError(
        .unexpectedAnswer, "the container's output is not framed as the Engine API says",
        operation: operation)
    }
    self.stream = stream
    remaining = header[4...].reduce(0) { $0 << 8 | Int($1) }
    header = []
  }
}

/// A container's output as it comes, stdout and stderr apart.
public struct OutputFrames: AsyncSequence, Sendable {
  let body: HTTPResponseBody
  let isFramed: Bool
  let operation: String

  /// What is left out though the engine sends it.
  var omitted: Set<OutputChunk.Stream> = []

  public func makeAsyncIterator() -> Iterator {
    Iterator(
      body: body.makeAsyncIterator(), isFramed: isFramed, operation: operation, omitted: omitted)
  }

  /// Reads the chunks in the order in which the engine sends them.
  public struct Iterator: AsyncIteratorProtocol {
    var body: HTTPResponseBody.Iterator
    let isFramed: Bool
    let operation: String
    let omitted: Set<OutputChunk.Stream>
    private var parser = FrameParser()
    private var chunks: [OutputChunk] = []

    init(
      body: HTTPResponseBody.Iterator, isFramed: Bool, operation: String,
      omitted: Set<OutputChunk.Stream>
    ) {
      self.body = body
      self.isFramed = isFramed
      self.operation = operation
      self.omitted = omitted
    }

    public mutating func next() async throws -> OutputChunk? {
      while chunks.isEmpty {
        guard let bytes = try await body.next() else {
          guard parser.isAtBoundary else {
            throw EngineError(
              .unexpectedAnswer, "the container's output ended in the middle of a frame",
              operation: operation)
          }
          return nil
        }
        guard isFramed else { return OutputChunk(stream: .standardOutput, bytes: bytes) }
        chunks = try parser.take(bytes, operation: operation)
          .filter { !omitted.contains($0.stream) }.reversed()
      }
      return chunks.popLast()
    }
  }
}
