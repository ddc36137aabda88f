/// The canonical form of a dataset: the same for all datasets that differ in the labels of their
/// blank nodes only.
///
/// Source: RDF Dataset Canonicalization 1.0, section 4.
public struct CanonicalForm: Sendable, Equatable {
  /// A blank node and its canonical identifier.
  public struct IssuedIdentifier: Sendable, Hashable {
    /// The label that the blank node has in the dataset, without `_:`.
    public let label: String

    /// The canonical identifier, without `_:`; `c14n0` is the first.
    public let identifier: String
  }

  /// The quads with canonical identifiers, as canonical N-Quads in the order of code points.
  public let nQuads: [UInt8]

  /// The issued identifiers map, in the order in which the identifiers were issued.
  public let identifiers: [IssuedIdentifier]
}

extension Dataset {
  /// Canonicalizes the dataset: RDFC-1.0.
  ///
  /// Throws ``RDFError``: `limitExceeded` for poisoned datasets, and what N-Quads cannot say.
  ///
  /// Source: RDF Dataset Canonicalization 1.0, section 4.4.
  public func canonicalized(
    _ algorithm: HashAlgorithm = .sha256, limits: CanonicalizationLimits = .init()
  ) throws(RDFError) -> CanonicalForm {
    var canonicalizer = try Canonicalizer(quads, algorithm, limits)
    return try canonicalizer.form()
  }

  /// Whether both are the same but for the labels of blank nodes.
  ///
  /// Throws ``RDFError`` where a dataset has no canonical form or it costs too much.
  ///
  /// Source: RDF 1.1 Concepts and Abstract Syntax, section 4.1, dataset isomorphism.
  public func isIsomorphic(
    to other: Dataset, limits: CanonicalizationLimits = .init()
  ) throws(RDFError) -> Bool {
    guard count == other.count else { return false }
    let form = try canonicalized(limits: limits)
    return try form.nQuads == other.canonicalized(limits: limits).nQuads
  }
}
