/// How much work canonicalization may be.
///
/// Some small datasets ("poisoned" ones: many blank nodes that look the same from every side) would
/// take the algorithm years. A step is a quad that Hash N-Degree Quads looks at, or a blank
/// node of a permutation that it tries; datasets whose blank nodes differ take none.
///
/// Source: RDF Dataset Canonicalization 1.0, section 7.1, Dataset Poisoning.
public struct CanonicalizationLimits: Sendable {
  /// How many steps a dataset may take for each blank node that is not unlike all others.
  public var stepsPerBlankNode = 20_000

  /// How many steps a dataset may take in all.
  public var stepCount = 10_000_000

  /// Limits that all but poisoned datasets keep to.
  public init() {}
}
