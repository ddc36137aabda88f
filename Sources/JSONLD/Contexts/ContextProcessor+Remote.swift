extension ContextProcessor {
  /// Step 5.2: a context that is in another document.
  func processRemote(
    _ reference: String, in result: ActiveContext, _ settings: Settings
  ) throws(JSONLDError) -> ActiveContext {
    let url = try resolve(reference, settings)
    if !settings.validatesScoped, settings.remoteContexts.contains(url) { return result }
    guard settings.remoteContexts.count < limits.remoteContextCount, remoteContextsLeft > 0 else {
      throw JSONLDError(.contextOverflow, "Too many contexts include one another, <\(url)> last.")
    }
    remoteContextsLeft -= 1
    let document = try document(at: url)
    guard let context = document.document["@context"] else {
      throw JSONLDError(.invalidRemoteContext, "The document at <\(url)> has no @context.")
    }
    var inner = Settings()
    inner.baseURL = document.url
    inner.remoteContexts = settings.remoteContexts + [url]
    inner.validatesScoped = settings.validatesScoped
    do throws(JSONLDError) {
      return try processAnew(context, in: result, inner)
    } catch { throw error.inside("@context").inDocument(url) }
  }

  /// Step 5.6: the members of a context and of the one that it imports, its own before the others.
  func importing(
    into context: JSONObject, _ settings: Settings
  ) throws(JSONLDError) -> JSONObject {
    guard let value = context["@import"] else { return context }
    func failure(_ code: JSONLDError.Code, _ message: String) -> JSONLDError {
      JSONLDError(code, message).inside("@import")
    }
    guard mode != .jsonLD10 else {
      throw failure(.invalidContextEntry, "Contexts are imported in JSON-LD 1.1 only.")
    }
    guard case .string(let reference) = value else {
      throw failure(.invalidImportValue, "The value of @import is an IRI.")
    }
    do throws(JSONLDError) {
      let url = try resolve(reference, settings)
      guard case .object(var merged)? = try document(at: url).document["@context"] else {
        throw JSONLDError(.invalidRemoteContext, "The context at <\(url)> is no object.")
      }
      guard !merged.contains("@import") else {
        throw JSONLDError(.invalidContextEntry, "The context at <\(url)> imports another.")
      }
      for (name, value) in context.members { merged[name] = value }
      return merged
    } catch { throw error.inside("@import") }
  }

  /// The error in a context as that of the context that it imports, where the member is of that one.
  func imported(_ error: JSONLDError, into context: JSONObject) -> JSONLDError {
    guard let reference = context["@import"]?.string, let name = error.outermostName,
      !context.contains(name)
    else { return error }
    return error.inside("@context").inDocument(reference).inside("@import")
  }

  private func resolve(_ reference: String, _ settings: Settings) throws(JSONLDError) -> String {
    let url = settings.baseURL.map { BaseIRI($0).resolve(reference) } ?? reference
    guard IRIReference.isAbsolute(url) else {
      throw JSONLDError(
        .loadingDocumentFailed, "There is no base that the context <\(reference)> is relative to.")
    }
    return url
  }

  private func document(at url: String) throws(JSONLDError) -> RemoteDocument {
    guard let document = documents[url] else { throw .missing(url) }
    return document
  }
}
