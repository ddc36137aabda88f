extension Collection<UInt8> where Index == Int {
  /// The number of some bytes from a place on, the lowest first; 0 where they are not all there.
  func littleEndian(_ place: Int, _ count: Int) -> UInt64 {
    let start = startIndex + place
    guard place >= 0, start + count <= endIndex else { return 0 }
    return self[start..<(start + count)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
  }
}
