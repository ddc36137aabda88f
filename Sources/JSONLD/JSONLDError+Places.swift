extension JSONLDError {
  /// The same error as one of the element at that index of what encloses its place.
  func inside(_ index: Int) -> Self { inside(step: String(index)) }

  /// The same error as one of the member of that name of what encloses its place.
  func inside(_ name: String) -> Self { inside(step: Self.step(name)) }

  /// The name of the outermost member that the place is in, or of itself; nil for the document.
  var outermostName: String? {
    place.utf8.dropFirst().split(separator: UInt8(ascii: "/"), maxSplits: 1).first.map {
      String(Substring($0)).replacing("~1", with: "/").replacing("~0", with: "~")
    }
  }

  private static func step(_ name: String) -> String {
    var step = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "~": step += "~0"
      case "/": step += "~1"
      default: step.unicodeScalars.append(scalar)
      }
    }
    return step
  }

  private func inside(step: String) -> Self {
    var error = self
    error.place = "/" + step + place
    return error
  }

  /// The same error as one of a node, unless it is of a named one in it already.
  func inNode(_ id: String?) -> Self {
    var error = self
    error.node = node ?? id
    return error
  }

  /// The same error as one of another document, which is named where this one refers to it.
  func inDocument(_ url: String) -> Self {
    var error = JSONLDError(code, "In <\(url)> at \(place): \(message)")
    error.missingDocument = missingDocument
    return error
  }

  /// The same error as one of where a term is used, in whose context it is.
  func inScopedContext() -> Self {
    let inner = place.isEmpty ? "" : " at \(place)"
    var error = JSONLDError(code, "In the context of the term\(inner): \(message)")
    error.missingDocument = missingDocument
    return error
  }

  /// The same error by another code.
  func recoded(_ code: Code) -> Self {
    JSONLDError(code, "\(self.code.rawValue): \(message)", at: place)
  }

  /// A document is needed that is not there.
  static func missing(_ url: String) -> Self {
    var error = JSONLDError(
      .loadingRemoteContextFailed,
      "<\(url)> is not loaded; give the processor the document, or a loader that may load it.")
    error.missingDocument = url
    return error
  }
}
