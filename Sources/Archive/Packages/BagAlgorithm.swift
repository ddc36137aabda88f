/// A digest that a manifest of a bag may have.
package enum BagAlgorithm: String, Sendable, CaseIterable, Comparable {
  case md5, sha1, sha224, sha256, sha384, sha512

  /// Those that bags mostly have; the others are rare, and cost time on every byte.
  package static let common: Set<BagAlgorithm> = [.md5, .sha1, .sha256, .sha512]

  /// The bytes of a digest.
  var length: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha224: 28
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  /// The algorithm as a manifest's file name has it: `sha256`, and `sha-256` in some.
  init?(manifest name: String) { self.init(rawValue: name.filter { $0 != "-" }) }

  package static func < (left: BagAlgorithm, right: BagAlgorithm) -> Bool {
    left.length < right.length
  }
}
