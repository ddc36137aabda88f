/// A document that was loaded, and from where.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 9.4.1, RemoteDocument.
public struct RemoteDocument: Sendable {
  /// The IRI it came from in the end, after redirects.
  public var url: String { base ?? "" }

  /// The IRI; nil for a document that came from nowhere.
  let base: String?

  /// The context that an HTTP Link header names for a document that is plain JSON, as an IRI that
  /// may be relative to that of the document.
  ///
  /// Whoever loads it refuses several such headers: `multiple context link headers`.
  public let contextURL: String?

  /// What it says.
  public let document: JSON

  /// A document as it was loaded.
  public init(url: String, contextURL: String? = nil, document: JSON) {
    base = url
    self.contextURL = contextURL
    self.document = document
  }

  /// A document that is there, with the base that it is given.
  init(_ document: JSON, base: String?) {
    self.base = base
    contextURL = nil
    self.document = document
  }
}

/// Loads documents that other documents name.
///
/// The processor itself does no input or output: what it may load, and how, is injected.
public protocol DocumentLoader: Sendable {
  /// Loads the document at an IRI; throws what the user is to be told.
  func document(at url: String) async throws -> RemoteDocument
}
