import Synchronization

/// Processes JSON-LD 1.1 documents, as many as there are, also at once.
///
/// It does no input or output. What documents name is loaded by the loader that is given with a
/// document, and by nothing otherwise; what was loaded, and contexts that were processed, are
/// kept for the documents that follow.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API.
public final class Processor: Sendable {
  /// How all documents are processed.
  public let options: ProcessingOptions

  /// The documents that are there, by their IRI.
  private let documents: Mutex<[String: RemoteDocument]>
  let cache = ContextCache()

  /// What was loaded is kept up to this count, so that memory stays bounded.
  private static let documentCountLimit = 1024

  /// A processor with the documents that others may name without loading them, by their IRI.
  public init(
    _ options: ProcessingOptions = ProcessingOptions(), documents: [String: RemoteDocument] = [:]
  ) {
    self.options = options
    self.documents = Mutex(documents)
  }

  /// Runs an algorithm with the documents that are there.
  func run<Result>(
    _ body: (ContextProcessor) throws(JSONLDError) -> Result
  ) throws(JSONLDError) -> Result {
    try body(contexts(documents.withLock { $0 }))
  }

  /// Runs an algorithm again and again until the documents that it needs are loaded.
  func run<Result>(
    loadingWith loader: some DocumentLoader,
    _ body: (ContextProcessor) throws(JSONLDError) -> Result
  ) async throws(JSONLDError) -> Result {
    var known = documents.withLock { $0 }
    var loadsLeft = options.limits.remoteContextCount
    while true {
      let needed: JSONLDError
      do throws(JSONLDError) { return try body(contexts(known)) } catch { needed = error }
      guard let url = needed.missingDocument else { throw needed }
      guard loadsLeft > 0 else {
        throw JSONLDError(
          .contextOverflow, "More contexts than may be loaded, <\(url)> last.", at: needed.place)
      }
      loadsLeft -= 1
      let document: RemoteDocument
      do { document = try await loader.document(at: url) } catch {
        throw JSONLDError(
          .loadingRemoteContextFailed, "<\(url)> was not loaded: \(error)", at: needed.place)
      }
      known[url] = document
      documents.withLock { if $0.count < Self.documentCountLimit { $0[url] = document } }
    }
  }

  private func contexts(_ documents: [String: RemoteDocument]) -> ContextProcessor {
    ContextProcessor(options: options, documents: documents, cache: cache)
  }
}
