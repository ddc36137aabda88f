/// The context with which a part of a document is processed; never changed once made.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 4.1, Context Processing.
final class ActiveContext: Sendable {
  let mappings: ContextMappings

  /// The context to go back to in the next node object, where this one is not propagated.
  let previous: ActiveContext?

  /// The IRIs of names that were asked for, which do not depend on the base.
  let vocabularyIRIs: VocabularyIRIs

  /// Whether this is one with which documents start: nothing but a base.
  let isInitial: Bool

  init(_ mappings: ContextMappings, previous: ActiveContext? = nil) {
    self.mappings = mappings
    self.previous = previous
    vocabularyIRIs = VocabularyIRIs()
    isInitial = false
  }

  /// A context with which documents start.
  init(initialWithBase base: String?) {
    mappings = ContextMappings(base: base.map { BaseIRI($0) })
    previous = nil
    vocabularyIRIs = VocabularyIRIs()
    isInitial = true
  }

  /// A context that differs from another in the base of the document only.
  init(_ context: ActiveContext, base: String?) {
    var mappings = context.mappings
    mappings.base = base.map { BaseIRI($0) }
    mappings.originalBase = mappings.base
    self.mappings = mappings
    previous = context.previous
    vocabularyIRIs = context.vocabularyIRIs
    isInitial = false
  }

  /// The base IRI; nil where there is none or `@base` took it away.
  var base: String? { mappings.base?.text }
  var vocabulary: String? { mappings.vocabulary }
  var language: String? { mappings.language }
  var direction: Direction? { mappings.direction }

  /// What the context says of a term; nil where it does not define it.
  func definition(of term: String) -> TermDefinition? { mappings.terms[Name(term)] }
}
