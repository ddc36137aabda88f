import CArchive
import Glibc
import Synchronization

/// The bytes of a tar archive (pax, restricted to where ustar does not do), made as they are
/// asked for.
///
/// Writing blocks, so it runs on a thread of its own, which starts with the first `next()`,
/// stays at most a few chunks ahead, and ends with the archive, when the reading task is
/// cancelled, or when the last reference to the stream goes. Memory does not depend on what is
/// packed.
package final class TarStream: Sendable {
  /// How far the archive is.
  package struct Progress: Sendable, Equatable {
    /// The entries that were begun.
    package let entries: Int

    /// The bytes that were handed out.
    package let bytes: Int64
  }

  /// Writes the entries, one after the other, on the stream's thread.
  package typealias Source = @Sendable (inout TarWriter) throws(ArchiveError) -> Void

  /// The size of a chunk in bytes; the last one of an archive may be smaller.
  static let chunkSize = 128 << 10

  private let handoff = ChunkHandoff(capacity: 2)
  private let unstarted: Mutex<Source?>

  /// An archive of what `source` writes.
  package init(_ source: @escaping Source) { unstarted = Mutex(source) }

  deinit { handoff.cancel() }

  /// Ends the archive early, as dropping the stream does.
  package func cancel() { handoff.cancel() }

  /// How far the archive is.
  package var progress: Progress {
    let progress = handoff.progress
    return Progress(entries: progress.entries, bytes: progress.bytes)
  }

  /// The next chunk, never empty; nil at the end.
  ///
  /// - Throws: `ArchiveError`; `CancellationError` when the task is cancelled, after which the
  ///   stream yields nothing more.
  package func next() async throws -> [UInt8]? {
    let source = unstarted.withLock { source in
      defer { source = nil }
      return source
    }
    if let source { try start(source) }
    return try await handoff.take()
  }

  private func start(_ source: @escaping Source) throws(ArchiveError) {
    let job = Job(source: source, handoff: handoff)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let retained = Unmanaged.passRetained(job)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { context in
        guard let context else { return nil }
        Unmanaged<Job>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, retained.toOpaque())
    guard status == 0 else {
      retained.release()
      let error = ArchiveError(
        .unavailable, call: "pthread_create", "the system has no thread to pack with")
      handoff.finish(.failure(error))
      throw error
    }
  }
}

/// What the thread does. It does not hold the stream, so that dropping the stream ends it.
private final class Job: Sendable {
  private let source: TarStream.Source
  private let handoff: ChunkHandoff

  init(source: @escaping TarStream.Source, handoff: ChunkHandoff) {
    self.source = source
    self.handoff = handoff
  }

  func run() {
    UTF8Locale.use {
      do throws(ArchiveError) {
        var writer = try TarWriter(handoff: handoff)
        try source(&writer)
        try writer.finish()
        handoff.finish(.success(()))
      } catch {
        handoff.finish(.failure(error))
      }
    }
  }
}
