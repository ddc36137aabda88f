/// The context with which a part of a document is processed; never changed once made.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 4.1, Context Processing.
final class ActiveContext: Sendable {
  let mappings: ContextMappings

  /// The context to go back to in the next node object, where this one is not propagated.
  let previous: ActiveContext?

  init(_ mappings: ContextMappings, previous: ActiveContext? = nil) {
    self.mappings = mappings
    self.previous = previous
  }

  /// The base IRI; nil where there is none or `@base` took it away.
  var base: String? { mappings.base }
  var vocabulary: String? { mappings.vocabulary }
  var language: String? { mappings.language }
  var direction: Direction? { mappings.direction }

  /// What the context says of a term; nil where it does not define it.
  func definition(of term: String) -> TermDefinition? { mappings.terms[Name(term)] }
}
