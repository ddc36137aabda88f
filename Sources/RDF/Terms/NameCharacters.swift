extension UInt8 {
  var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }

  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }

  /// The value of a hexadecimal digit in either case.
  var hexadecimalValue: UInt32? {
    switch self {
    case 0x30...0x39: UInt32(self - 0x30)
    case 0x41...0x46: UInt32(self - 0x41 + 10)
    case 0x61...0x66: UInt32(self - 0x61 + 10)
    default: nil
    }
  }

  /// Whether it may be in the scheme of an IRI after the first letter.
  var isSchemeByte: Bool {
    isASCIILetter || isASCIIDigit || self == UInt8(ascii: "+") || self == UInt8(ascii: "-")
      || self == UInt8(ascii: ".")
  }

  /// Whether it may be in an IRI: a byte of UTF-8, no control, space or one of ``<>"{}|^`\``.
  var isIRIByte: Bool { isPlainIRIByte || self == UInt8(ascii: "#") }

  /// Whether it may be in an IRI anywhere: all but the one that begins a fragment.
  ///
  /// Bits of two words, since this is asked for each byte of each IRI.
  @inline(__always)
  var isPlainIRIByte: Bool {
    if self < 64 { return (0xAFFF_FFF2_0000_0000 as UInt64) >> UInt64(self) & 1 == 1 }
    if self < 128 { return (0xC7FF_FFFE_AFFF_FFFF as UInt64) >> UInt64(self - 64) & 1 == 1 }
    return true
  }
}

/// Source: RDF 1.1 Turtle, productions PN_CHARS_BASE, PN_CHARS_U and PN_CHARS.
extension Unicode.Scalar {
  var isDigit: Bool { (0x30...0x39).contains(value) }

  /// Whether it is a letter of names: PN_CHARS_BASE.
  var isNameBase: Bool {
    switch value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D,
      0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF,
      0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
      true
    default: false
    }
  }

  /// PN_CHARS_U.
  var isNameStart: Bool { isNameBase || self == "_" }

  /// PN_CHARS.
  var isName: Bool {
    switch value {
    case 0x2D, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
    default: isNameStart
    }
  }
}
