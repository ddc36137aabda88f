/// Reads N-Quads and N-Triples from pieces of text, line by line.
///
/// A piece may end anywhere. Between pieces the reader keeps no more than the beginning of a line.
///
/// Source: RDF 1.1 N-Quads; RDF 1.1 N-Triples.
public struct NQuadsReader: Sendable {
  /// What statements may be.
  public enum Syntax: Sendable {
    /// Quads.
    case nQuads

    /// Triples: a graph is an error.
    case nTriples

    /// Quads of generalized RDF, whose predicates may be blank nodes.
    case generalizedNQuads
  }

  private var parser: NQuadsLineParser

  /// The beginning of a line whose end has not come yet.
  private var unfinished: [UInt8] = []

  private var line = 1
  private var endedInCarriageReturn = false
  private let maximumLineLength: Int

  /// A reader at the start of a text.
  ///
  /// - Parameter maximumLineLength: How many bytes a line may have; a longer one is an error.
  public init(_ syntax: Syntax = .nQuads, maximumLineLength: Int = 1 << 30) {
    parser = NQuadsLineParser(syntax)
    self.maximumLineLength = maximumLineLength
  }

  /// Reads the next piece, and appends the quads of every line that ends in it.
  ///
  /// After an error the reader is of no further use; the quads of the lines before are appended.
  public mutating func read(
    _ bytes: Span<UInt8>, into quads: inout [Quad]
  ) throws(RDFError) {
    var start = 0
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { continue }
      if byte == UInt8(ascii: "\n"), index == start, endedInCarriageReturn {
        // The second half of one line end.
      } else {
        try endLine(bytes.extracting(start..<index), into: &quads)
      }
      endedInCarriageReturn = byte == UInt8(ascii: "\r")
      start = index + 1
    }
    if start < bytes.count {
      endedInCarriageReturn = false
      try keep(bytes.extracting(start...))
    }
  }

  /// Reads the last line, when it has no end, and makes the reader ready for another text.
  public mutating func finish(into quads: inout [Quad]) throws(RDFError) {
    try endLine([UInt8]().span, into: &quads)
    (line, endedInCarriageReturn) = (1, false)
  }

  private mutating func endLine(
    _ rest: Span<UInt8>, into quads: inout [Quad]
  ) throws(RDFError) {
    do {
      let quad: Quad?
      if unfinished.isEmpty {
        quad = try parser.quad(in: rest)
      } else {
        try keep(rest)
        var whole: [UInt8] = []
        swap(&whole, &unfinished)
        quad = try parser.quad(in: whole.span)
        swap(&whole, &unfinished)
        unfinished.removeAll(keepingCapacity: unfinished.count < 1 << 16)
      }
      if let quad { quads.append(quad) }
      line += 1
    } catch {
      throw RDFError(error.code, error.message, line: line)
    }
  }

  private mutating func keep(_ bytes: Span<UInt8>) throws(RDFError) {
    guard unfinished.count + bytes.count <= maximumLineLength else {
      throw RDFError(
        .limitExceeded, "a line has more than \(maximumLineLength) bytes", line: line)
    }
    bytes.withUnsafeBufferPointer { unfinished.append(contentsOf: $0) }
  }
}
