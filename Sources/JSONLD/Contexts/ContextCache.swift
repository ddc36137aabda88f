import Synchronization

/// The contexts that were made already, for one processor.
///
/// A context costs far more to make than to compare, and documents of one origin have the same.
final class ContextCache: Sendable {
  private struct Key: Hashable {
    let local: JSON
    let active: ObjectIdentifier
    let settings: ContextProcessor.Settings

    /// Made before the entries are locked, because a context may be large.
    private let hash: Int

    init(_ local: JSON, _ active: ActiveContext, _ settings: ContextProcessor.Settings) {
      (self.local, self.active, self.settings) = (local, ObjectIdentifier(active), settings)
      var hasher = Hasher()
      hasher.combine(local)
      hasher.combine(self.active)
      hasher.combine(settings)
      hash = hasher.finalize()
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }
  }

  private struct Entry {
    let context: ActiveContext
    /// Kept, so that its identity is not that of another one.
    let active: ActiveContext
  }

  private struct Entries {
    var contexts: [Key: Entry] = [:]

    /// How many bytes they take.
    var byteCount = 0
  }

  private let entries = Mutex(Entries())

  /// The contexts with which documents start, by their base.
  private let initialContexts = Mutex<[String?: ActiveContext]>([:])

  /// All are forgotten when there are so many, so that memory stays bounded.
  private static let countLimit = 256

  /// All are forgotten as well when they take more bytes than that.
  private static let byteCountLimit = 1 << 26

  func context(
    _ local: JSON, in active: ActiveContext, _ settings: ContextProcessor.Settings
  ) -> ActiveContext? {
    let key = Key(local, active, settings)
    return entries.withLock { $0.contexts[key]?.context }
  }

  /// Keeps a context that takes so many bytes.
  func add(
    _ context: ActiveContext, for local: JSON, in active: ActiveContext,
    _ settings: ContextProcessor.Settings, byteCount: Int
  ) {
    let key = Key(local, active, settings)
    entries.withLock {
      if $0.contexts.count >= Self.countLimit || $0.byteCount + byteCount > Self.byteCountLimit {
        $0 = Entries()
      }
      $0.contexts[key] = Entry(context: context, active: active)
      $0.byteCount += byteCount
    }
  }

  /// The context of nothing but a base, the same one for the same base.
  func initialContext(base: String?) -> ActiveContext {
    initialContexts.withLock {
      if let known = $0[base] { return known }
      if $0.count >= Self.countLimit { $0.removeAll() }
      let context = ActiveContext(initialWithBase: base)
      $0[base] = context
      return context
    }
  }
}
