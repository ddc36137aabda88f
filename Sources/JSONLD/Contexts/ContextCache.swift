import Synchronization

/// The contexts that were made already, for one processor.
///
/// A context costs far more to make than to compare, and documents of one origin have the same.
final class ContextCache: Sendable {
  private struct Key: Hashable {
    let local: JSON
    let active: ObjectIdentifier
    let settings: ContextProcessor.Settings
  }

  private struct Entry {
    let context: ActiveContext
    /// Kept, so that its identity is not that of another one.
    let active: ActiveContext
  }

  private let entries = Mutex<[Key: Entry]>([:])

  /// The contexts with which documents start, by their base.
  private let initialContexts = Mutex<[String?: ActiveContext]>([:])

  /// All are forgotten when there are so many, so that memory stays bounded.
  private static let countLimit = 256

  func context(
    _ local: JSON, in active: ActiveContext, _ settings: ContextProcessor.Settings
  ) -> ActiveContext? {
    let key = Key(local: local, active: ObjectIdentifier(active), settings: settings)
    return entries.withLock { $0[key]?.context }
  }

  func add(
    _ context: ActiveContext, for local: JSON, in active: ActiveContext,
    _ settings: ContextProcessor.Settings
  ) {
    let key = Key(local: local, active: ObjectIdentifier(active), settings: settings)
    entries.withLock {
      if $0.count >= Self.countLimit { $0.removeAll() }
      $0[key] = Entry(context: context, active: active)
    }
  }

  /// The context of nothing but a base, the same one for the same base.
  func initialContext(base: String?) -> ActiveContext {
    initialContexts.withLock {
      if let known = $0[base] { return known }
      if $0.count >= Self.countLimit { $0.removeAll() }
      let context = ActiveContext(ContextMappings(base: base))
      $0[base] = context
      return context
    }
  }

  /// Whether a context is nothing but a base.
  func isInitial(_ context: ActiveContext) -> Bool {
    initialContexts.withLock { $0[context.base] === context }
  }
}
