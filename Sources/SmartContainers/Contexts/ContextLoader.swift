import Contexts
import Curl
import JSONLD
import Synchronization

/// Loads the contexts that documents name: those that are known without a network and, only where
/// the user allows it (`context.remote`), those of the web.
///
/// What was loaded is kept as long as the loader, so that it is not fetched again.
public final class ContextLoader: DocumentLoader {
  /// Whether contexts are loaded from the web.
  public enum Policy: String, CaseIterable, Sendable {
    /// A context of the web is an error.
    case refused
    /// It is fetched.
    case allowed
  }

  /// What a document of the web may cost; the time is that of all requests for it.
  public static let limits = WebClient.Limits(
    byteCount: 4 << 20, total: .seconds(30), idle: .seconds(30), connect: .seconds(10),
    redirects: 5)

  /// Fetches what is not known; nil where nothing may be fetched.
  private let web: WebClient?
  private let loaded = Mutex<[String: RemoteDocument]>([:])

  /// What was loaded is kept up to this count, so that memory stays bounded.
  private static let countLimit = 64

  /// Whether contexts are loaded from the web.
  public var isWebAllowed: Bool { web != nil }

  /// A loader of the known contexts, which fetches others where there is something to do so.
  ///
  /// - Parameter web: whose limits hold; nil to load nothing from a network.
  public init(web: WebClient? = nil) { self.web = web }

  /// A loader that does what the settings in force allow.
  public convenience init(_ configuration: Configuration, _ places: ClientPlaces) {
    var web = Client.webClient(places)
    web.limits = Self.limits
    self.init(web: configuration[.contextRemote] == Policy.allowed.rawValue ? web : nil)
  }

  /// Loads the document at an IRI.
  ///
  /// - Throws: `UnknownContextError` for one that would have to be fetched and may not be;
  ///   `WebError`; `JSONLDError` for what is no JSON-LD.
  public func document(at url: String) async throws -> RemoteDocument {
    if let document = loaded.withLock({ $0[url] }) { return document }
    let document: RemoteDocument
    if let known = try KnownContext.document(at: url) {
      document = known
    } else {
      guard let web else { throw UnknownContextError(url: url) }
      document = try await WebDocument.fetch(url, with: web)
    }
    loaded.withLock { if $0.count < Self.countLimit { $0[url] = document } }
    return document
  }
}

/// A context that is not known without a network, where nothing may be loaded from one.
public struct UnknownContextError: Error, Sendable, CustomStringConvertible {
  /// The IRI that names it.
  public let url: String

  public var description: String {
    "it is not known without a network, and context.remote is refused"
  }
}
