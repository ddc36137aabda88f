import History

/// The bytes of one object on their way in: written on a thread of its own.
actor ContentReceiver {
  private let executor = BlockingExecutor(label: "smartcontainers.receiving")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let store: ContentStore
  private let content: LargeContent
  private var partial: ContentPartial?

  init(_ content: LargeContent, in store: ContentStore) {
    self.content = content
    self.store = store
  }

  /// Begins, or goes on with what has come before.
  ///
  /// - Returns: how many bytes are here; nil while another process is at it.
  func open() throws -> Int64? {
    partial = try store.resume(content)
    return partial?.byteCount
  }

  /// Whether all of it has come in the meantime.
  func isHere() -> Bool { store.has(content) }

  func append(_ bytes: [UInt8]) throws { try partial?.append(bytes) }
  func restart() throws { try partial?.restart() }
  func keep() throws { try partial?.keep() }

  /// Lets go of what has come, for whoever goes on.
  func close() { partial = nil }
}
