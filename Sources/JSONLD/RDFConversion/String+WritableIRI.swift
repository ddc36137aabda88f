extension String {
  /// Whether this is an absolute IRI that RDF can name something with.
  ///
  /// It has a scheme, none of the characters that IRIs must not have and one fragment at most; as
  /// RDF says, no more is checked.
  /// Source: RDF 1.1 N-Quads, section 6, IRIREF; RFC 3987, section 2.2.
  var isWritableIRI: Bool {
    utf8.withContiguousStorageIfAvailable { $0.isWritableIRI }
      ?? Array(utf8).withUnsafeBufferPointer { $0.isWritableIRI }
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate var isWritableIRI: Bool {
    guard let first, (first | 0x20) &- UInt8(ascii: "a") < 26 else { return false }
    var place = 1
    while place < count, self[place] != UInt8(ascii: ":") {
      guard self[place].isSchemeByte else { return false }
      place += 1
    }
    guard place < count else { return false }
    var hasFragment = false
    while place < count {
      let byte = self[place]
      guard byte.isIRIByte else { return false }
      if byte == UInt8(ascii: "#") {
        guard !hasFragment else { return false }
        hasFragment = true
      }
      place += 1
    }
    return true
  }
}

extension UInt8 {
  fileprivate var isSchemeByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Whether IRIs may have it; bits of two words, since this is asked for each byte of each term.
  fileprivate var isIRIByte: Bool {
    if self < 64 { return (0xafff_fffa_0000_0000 as UInt64) >> UInt64(self) & 1 == 1 }
    if self < 128 { return (0xc7ff_fffe_afff_ffff as UInt64) >> UInt64(self - 64) & 1 == 1 }
    return true
  }
}
