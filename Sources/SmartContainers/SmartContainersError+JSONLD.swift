import JSONLD

extension SmartContainersError {
  /// Says what is wrong with a document, and where in it.
  ///
  /// - Parameters:
  ///   - name: what the document is called; nil where the error tells enough.
  ///   - isWebAllowed: whether contexts were loaded from the web, so that it is of no use to say
  ///     how to allow that.
  init(
    _ code: Code, in name: String?, _ error: JSONLDError, isWebAllowed: Bool = false
  ) {
    var message = (name.map { "\($0): " } ?? "") + error.description
    if message.hasSuffix(".") { message.removeLast() }
    let isAboutWeb = error.code == .loadingRemoteContextFailed && !isWebAllowed
    self.init(
      code, message,
      hint: isAboutWeb
        ? "Contexts of the web are loaded only with --set context.remote=allowed; a context can "
          + "also stand in the document itself." : nil,
      cause: error)
  }
}
