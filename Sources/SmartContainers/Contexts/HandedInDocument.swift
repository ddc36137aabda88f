import JSONLD

/// A JSON-LD document that a user hands in, and what it is called in messages.
struct HandedInDocument {
  /// `label smartcontainer`.
  let name: String
  let bytes: [UInt8]

  /// Reads and expands it, loading the contexts that it names.
  ///
  /// - Throws: `SmartContainersError` of code `usage`, which names the place; `CancellationError`.
  func check(loadingWith loader: ContextLoader) async throws {
    do throws(JSONLDError) {
      _ = try await Processor().expand(try parse(), loadingWith: loader)
    } catch {
      // A load that was interrupted is no fault of the document.
      try Task.checkCancellation()
      throw SmartContainersError(.usage, in: name, error, isWebAllowed: loader.isWebAllowed)
    }
  }

  /// Returns its JSON.
  func parse() throws(JSONLDError) -> JSON {
    let document = try JSONParser().parse(bytes)
    switch document {
    case .object: return document
    case .array(let nodes):
      if let index = nodes.firstIndex(where: { $0.object == nil }) {
        throw JSONLDError(
          .loadingDocumentFailed, "A document is an object or an array of objects.",
          at: "/\(index)")
      }
      return document
    default:
      throw JSONLDError(
        .loadingDocumentFailed, "A document is an object or an array of objects.")
    }
  }
}
