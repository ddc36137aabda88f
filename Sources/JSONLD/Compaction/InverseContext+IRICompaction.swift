extension InverseContext {
  /// Returns the shortest text that stands for a keyword, a type or a property.
  func compact(_ iri: String) throws(JSONLDError) -> String {
    if let term = term(for: iri, .plain) { return term }
    return try name(of: iri, isForValue: false)
  }

  /// Returns the shortest text that stands for a property with such a value.
  func compact(
    property iri: String, value: JSON, isReverse: Bool
  ) throws(JSONLDError) -> String {
    var query = TermQuery(value, isReverse: isReverse, in: context, mode: options.mode)
    if query.kind == .type, case .string(let id)? = value["@id"],
      query.preferred.first == "@id" || query.preferred.first == "@reverse",
      let definition = context.definition(of: try compact(id)),
      definition.iri.map({ Name($0) }) == Name(id)
    {
      query.preferVocabulary()
    }
    if let term = term(for: iri, query) { return term }
    return try name(of: iri, isForValue: true)
  }

  /// Returns the shortest text that stands for a node: a compact IRI, or one relative to the base.
  ///
  /// Source: JSON-LD 1.1 Processing Algorithms and API, section 6.2, IRI Compaction, steps 7 to 11.
  func compact(id iri: String) throws(JSONLDError) -> String {
    if let compact = compactIRI(iri, isForValue: false) { return compact }
    try checkScheme(of: iri)
    guard options.compactsToRelative, let base = context.mappings.base else { return iri }
    return base.relative(iri)
  }

  /// What stands for an IRI for which there is no term.
  private func name(of iri: String, isForValue: Bool) throws(JSONLDError) -> String {
    if let vocabulary = context.vocabulary, let suffix = iri.suffix(after: vocabulary),
      context.definition(of: suffix) == nil
    {
      return suffix
    }
    if let compact = compactIRI(iri, isForValue: isForValue) { return compact }
    try checkScheme(of: iri)
    return iri
  }

  private func compactIRI(_ iri: String, isForValue: Bool) -> String? {
    var best: String?
    for prefix in prefixes {
      guard let suffix = iri.suffix(after: prefix.iri) else { continue }
      let candidate = prefix.term + ":" + suffix
      if let best {
        let (length, bestLength) = (candidate.utf8.count, best.utf8.count)
        guard length < bestLength || (length == bestLength && Name(candidate) < Name(best)) else {
          continue
        }
      }
      if let definition = context.definition(of: candidate) {
        guard !isForValue, definition.iri.map({ Name($0) }) == Name(iri) else { continue }
      }
      best = candidate
    }
    return best
  }

  /// Refuses an IRI that would be read as a compact one.
  func checkScheme(of iri: String) throws(JSONLDError) {
    guard let colon = IRIReference.schemeEnd(of: iri), !iri[colon...].utf8.starts(with: "://".utf8),
      context.definition(of: String(iri[..<colon]))?.isPrefix == true
    else { return }
    throw JSONLDError(
      .iriConfusedWithPrefix,
      "\(iri) would be read as a compact IRI of the prefix \(iri[..<colon]).")
  }
}

extension String {
  /// What follows a prefix; nil where it is no prefix or nothing follows.
  fileprivate func suffix(after prefix: String) -> String? {
    guard !prefix.isEmpty, utf8.count > prefix.utf8.count else { return nil }
    let isPrefix = utf8.withContiguousStorageIfAvailable { bytes in
      prefix.utf8.withContiguousStorageIfAvailable {
        // The last bytes differ most often: IRIs begin alike.
        bytes[$0.count - 1] == $0[$0.count - 1] && bytes[..<$0.count].elementsEqual($0)
      }
    }
    guard (isPrefix ?? nil) ?? utf8.starts(with: prefix.utf8) else { return nil }
    return String(utf8.dropFirst(prefix.utf8.count))
  }
}
