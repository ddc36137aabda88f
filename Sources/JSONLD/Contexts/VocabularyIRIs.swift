import Synchronization

/// The IRIs of names in one context, for all documents that have it.
///
/// Documents of one origin use the same names over and over; each is put together once.
final class VocabularyIRIs: Sendable {
  fileprivate let known = Mutex<[Name: String?]>([:])
}

/// A copy of the names of one context, without a lock, while a document is processed.
struct VocabularyMemo {
  private var context: ActiveContext?
  private var known: [Name: String?] = [:]
  private var isChanged = false

  /// Names that come after so many others are hardly names of a vocabulary.
  private static let countLimit = 512

  /// Returns what a name is in a vocabulary, as `expandIRI` does, when there is memory for it.
  mutating func iri(
    of text: String, in active: ActiveContext, _ budget: MemoryBudget
  ) throws(JSONLDError) -> String? {
    if context !== active { change(to: active) }
    let name = Name(text)
    if let iri = known[name] { return iri }
    let iri = active.mappings.expandIRI(text, isVocabulary: true)
    if let iri { try budget.take(iri: iri, of: text) }
    if known.count < Self.countLimit, (iri?.utf8.count ?? 0) <= MemoryBudget.longNameByteCount {
      known.updateValue(iri, forKey: name)
      isChanged = true
    }
    return iri
  }

  /// Keeps the names that are new for the documents that follow.
  mutating func save() {
    guard isChanged, let context else { return }
    context.vocabularyIRIs.known.withLock { if $0.count < known.count { $0 = known } }
    isChanged = false
  }

  private mutating func change(to active: ActiveContext) {
    save()
    context = active
    known = active.vocabularyIRIs.known.withLock { $0 }
  }
}
