/// Makes contexts of what documents say in `@context`, for one document.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 4.1, Context Processing.
final class ContextProcessor {
  let mode: ProcessingOptions.Mode
  let limits: ProcessingOptions.Limits
  let cache: ContextCache

  /// What all that is made of the document may take.
  let budget: MemoryBudget

  /// The documents that contexts may come from, by their IRI.
  let documents: [String: RemoteDocument]

  /// How much deeper values, contexts and the terms that these define may be in one another.
  private var depthLeft: Int

  /// How many more remote contexts may be gone through, which name others many times over.
  var remoteContextsLeft = 0
  private static let remoteContextLimit = 1024

  init(options: ProcessingOptions, documents: [String: RemoteDocument], cache: ContextCache) {
    mode = options.mode
    limits = options.limits
    budget = MemoryBudget(options.limits)
    depthLeft = limits.boundedDepth
    self.documents = documents
    self.cache = cache
  }

  /// How a context is processed, apart from what it says.
  struct Settings: Hashable {
    /// Against what the IRIs of remote contexts are resolved.
    var baseURL: String?

    /// The remote contexts that this one is in, the outermost first.
    var remoteContexts: [String] = []
    var overridesProtected = false
    var propagates = true
    var validatesScoped = true
  }

  /// In what a scoped context is processed, and how.
  private struct Scope: Hashable {
    let active: ObjectIdentifier
    let definition: ObjectIdentifier
    let propagates: Bool
    let overridesProtected: Bool
  }

  private struct ScopedContext {
    let context: ActiveContext
    /// Kept, so that their identities are not those of others.
    let active: ActiveContext
    let definition: TermDefinition
  }

  private var scopes: [Scope: ScopedContext] = [:]

  /// All are forgotten when there are so many, so that memory stays bounded.
  private static let scopeLimit = 256

  /// Returns the context that a local one makes of the active one.
  func process(
    _ local: JSON, in active: ActiveContext, _ settings: Settings
  ) throws(JSONLDError) -> ActiveContext {
    // Documents that differ in their base share a context that does not depend on it.
    if let base = active.base, active.isInitial, Self.isFreeOfBase(local) {
      var free = settings
      free.baseURL = nil
      let context = try process(local, in: cache.initialContext(base: nil), free)
      return ActiveContext(context, base: base)
    }
    if let known = cache.context(local, in: active, settings) { return known }
    remoteContextsLeft = Self.remoteContextLimit
    let bytesTaken = budget.bytesTaken
    let context = try processAnew(local, in: active, settings)
    cache.add(
      context, for: local, in: active, settings, byteCount: budget.bytesTaken - bytesTaken)
    return context
  }

  /// Returns the active context with the one that a term has, where it has one.
  ///
  /// It is known by the definition, so that a large one is not looked at for each value.
  func scoped(
    _ active: ActiveContext, by definition: TermDefinition, propagates: Bool,
    overridesProtected: Bool
  ) throws(JSONLDError) -> ActiveContext {
    guard let local = definition.context else { return active }
    var settings = Settings()
    settings.baseURL = definition.baseURL
    settings.propagates = propagates
    settings.overridesProtected = overridesProtected
    let scope = Scope(
      active: ObjectIdentifier(active), definition: ObjectIdentifier(definition),
      propagates: propagates, overridesProtected: overridesProtected)
    if let known = scopes[scope] { return known.context }
    let context: ActiveContext
    do throws(JSONLDError) {
      context = try process(local, in: active, settings)
    } catch { throw error.inScopedContext() }
    if scopes.count >= Self.scopeLimit { scopes.removeAll() }
    scopes[scope] = ScopedContext(context: context, active: active, definition: definition)
    return context
  }

  /// Whether a context is the same whatever the base: its scoped contexts may name documents.
  private static func isFreeOfBase(_ local: JSON) -> Bool {
    guard case .object(let context) = local, !context.contains("@base"),
      !context.contains("@import"), !context.contains("@propagate")
    else { return false }
    if let vocabulary = context["@vocab"]?.string, !IRIReference.isAbsolute(vocabulary) {
      return false
    }
    return context.members.allSatisfy { $0.value["@context"] == nil }
  }

  /// Goes one level deeper, until `ascend` is called.
  func descend() throws(JSONLDError) {
    guard depthLeft > 0 else {
      throw JSONLDError(
        .limitExceeded, "Values, or terms by which others are defined, are too deep in one another."
      )
    }
    depthLeft -= 1
  }

  func ascend() { depthLeft += 1 }

  func processAnew(
    _ local: JSON, in active: ActiveContext, _ settings: Settings
  ) throws(JSONLDError) -> ActiveContext {
    try descend()
    defer { ascend() }
    var propagates = settings.propagates
    if case .bool(let value)? = local["@propagate"] { propagates = value }
    var result = active
    if !propagates, active.previous == nil {
      result = ActiveContext(active.mappings, previous: active)
    }
    guard case .array(let contexts) = local else {
      return try processOne(local, in: result, propagates: propagates, settings)
    }
    for (place, context) in contexts.enumerated() {
      do throws(JSONLDError) {
        result = try processOne(context, in: result, propagates: propagates, settings)
      } catch { throw error.inside(place) }
    }
    return result
  }

  private func processOne(
    _ context: JSON, in result: ActiveContext, propagates: Bool, _ settings: Settings
  ) throws(JSONLDError) -> ActiveContext {
    switch context {
    case .null:
      guard settings.overridesProtected || result.mappings.terms.protectedCount == 0 else {
        throw JSONLDError(.invalidContextNullification, "Protected terms cannot be taken away.")
      }
      return ActiveContext(
        ContextMappings(base: result.mappings.originalBase), previous: propagates ? nil : result)
    case .string(let url): return try processRemote(url, in: result, settings)
    case .object(let object):
      let merged = try importing(into: object, settings)
      var mappings = result.mappings
      mappings.terms.startLayer()
      var builder: ContextBuilder
      do throws(JSONLDError) {
        try apply(merged, to: &mappings, settings)
        builder = ContextBuilder(merged, mappings, by: self, settings)
        try builder.defineTerms()
      } catch { throw imported(error, into: object) }
      builder.mappings.terms.finishLayer()
      return ActiveContext(builder.mappings, previous: result.previous)
    default: throw JSONLDError(.invalidLocalContext, "A context is an object, an IRI or null.")
    }
  }
}
