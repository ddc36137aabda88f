extension Dataset {
  /// Reads N-Quads or N-Triples.
  ///
  /// Throws ``RDFError`` with the line.
  public init(
    nQuads bytes: [UInt8], syntax: NQuadsReader.Syntax = .nQuads
  ) throws(RDFError) {
    self.init()
    var reader = NQuadsReader(syntax)
    // In pieces, so that the quads are not all there twice.
    let pieceLength = 1 << 16
    var quads: [Quad] = []
    var start = 0
    while start < bytes.count {
      let end = Swift.min(start + pieceLength, bytes.count)
      try reader.read(bytes.span.extracting(start..<end), into: &quads)
      insert(contentsOf: quads)
      quads.removeAll(keepingCapacity: true)
      start = end
    }
    try reader.finish(into: &quads)
    insert(contentsOf: quads)
  }

  /// Reads N-Quads or N-Triples.
  ///
  /// Throws ``RDFError`` with the line.
  public init(
    nQuads text: String, syntax: NQuadsReader.Syntax = .nQuads
  ) throws(RDFError) {
    try self.init(nQuads: Array(text.utf8), syntax: syntax)
  }

  /// The dataset as N-Quads in the order of its quads, without a change of labels.
  ///
  /// Throws ``RDFError`` when a term is none that N-Quads can say, or is where it may not be.
  public func nQuads() throws(RDFError) -> [UInt8] {
    var bytes: [UInt8] = []
    try NQuadsWriter().write(contentsOf: quads, to: &bytes)
    return bytes
  }
}
