/// The IRIs that a reader has met lately: most lines repeat some of the lines before, and then
/// share their memory instead of taking more.
struct IRICache: Sendable {
  private static let size = 1024

  /// The IRI last met for each hash.
  private var iris = [String](repeating: "", count: IRICache.size)

  /// The IRI of the bytes, checked and shared.
  mutating func iri(of bytes: UnsafeBufferPointer<UInt8>) throws(RDFError) -> String {
    // What is this short is inside of the string itself; what is longer is rarely met twice.
    guard bytes.count > 15, bytes.count <= 256 else { return try Self.checked(bytes) }
    let slot = Self.hash(of: bytes) & (Self.size - 1)
    let isHit = iris[slot].withBytes { $0.hasSameBytes(as: bytes) }
    if !isHit { iris[slot] = try Self.checked(bytes) }
    return iris[slot]
  }

  private static func checked(_ bytes: UnsafeBufferPointer<UInt8>) throws(RDFError) -> String {
    guard let iri = String(validating: bytes, as: UTF8.self) else {
      throw RDFError(.invalidUTF8, "an IRI is no UTF-8")
    }
    try Term.requireAbsoluteIRI(iri)
    return iri
  }

  /// The end of an IRI tells it from others better than its beginning does.
  private static func hash(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    let end = raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self)
    let before = raw.loadUnaligned(fromByteOffset: raw.count - 16, as: UInt64.self)
    let mixed = (end ^ (before &* 0x9E37_79B9_7F4A_7C15)) &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: mixed >> 40)
  }
}
