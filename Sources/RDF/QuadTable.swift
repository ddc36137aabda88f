/// A hash table of the places of quads in an array that somebody else holds.
///
/// It holds up to 2^32 - 2 of them, more than memory does, in eight bytes a slot, where a `Set` beside the array would hold every quad twice.
struct QuadTable: Sendable {
  /// Open addressing with linear probing. A slot has the place plus one in its low half, none
  /// being 0, and half of the quad's hash in its high half: growing needs no quads, and nearly
  /// every comparison of two quads is one of equal ones.
  private var slots: [UInt64] = []

  private var count = 0

  /// Makes room for that many quads.
  mutating func reserveCapacity(_ capacity: Int) {
    guard capacity > slots.count / 4 * 3 else { return }
    var size = Swift.max(16, slots.count)
    while size / 4 * 3 < capacity { size *= 2 }
    let old = slots
    slots = [UInt64](repeating: 0, count: size)
    for slot in old where slot != 0 {
      var index = Int(slot >> 32) & (size - 1)
      while slots[index] != 0 { index = (index + 1) & (size - 1) }
      slots[index] = slot
    }
  }

  /// Notes that the quad is about to be appended; returns false when it is among them already.
  mutating func insert(_ quad: Quad, into quads: [Quad]) -> Bool {
    if count >= slots.count / 4 * 3 { reserveCapacity(count + 1) }
    let hash = Self.hash(of: quad)
    let index = slot(of: quad, hash: hash, in: quads)
    guard slots[index] == 0 else { return false }
    slots[index] = hash << 32 | UInt64(quads.count + 1)
    count += 1
    return true
  }

  func contains(_ quad: Quad, in quads: [Quad]) -> Bool {
    guard count > 0 else { return false }
    return slots[slot(of: quad, hash: Self.hash(of: quad), in: quads)] != 0
  }

  /// The slot of the quad, or the empty one where it would be.
  private func slot(of quad: Quad, hash: UInt64, in quads: [Quad]) -> Int {
    var index = Int(hash) & (slots.count - 1)
    while slots[index] != 0 {
      let slot = slots[index]
      if slot >> 32 == hash, quads[Int(slot & 0xFFFF_FFFF) - 1] == quad { return index }
      index = (index + 1) & (slots.count - 1)
    }
    return index
  }

  /// Half of the hash, with a seed that is the process's own: nobody can choose collisions.
  private static func hash(of quad: Quad) -> UInt64 {
    var hasher = Hasher()
    quad.hash(into: &hasher)
    return UInt64(UInt(bitPattern: hasher.finalize())) & 0xFFFF_FFFF
  }
}
