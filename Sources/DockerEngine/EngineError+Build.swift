extension EngineError {
  /// What BuildKit's steps are called that ask a registry for a base image.
  private static let metadataStep = "[internal] load metadata for "

  /// What BuildKit's step is called that asks a registry for the image of `# syntax=`.
  private static let frontendStep = "resolve image config for "

  /// Whether the image that is to understand the Dockerfile could not be got.
  package var isAboutFrontend: Bool { step?.hasPrefix(Self.frontendStep) ?? false }

  /// The error with the step that failed, and with what its words tell.
  ///
  /// BuildKit has no other way to tell the exit code of a command, and neither builder another to
  /// tell what a registry said.
  ///
  /// - Parameter failed: the step; nil where the builder tells of none.
  func of(_ failed: BuildStep?) -> EngineError {
    let exitCode = exitCode ?? (failed == nil ? nil : Self.exitCode(in: message))
    var (code, words) = (code, message)
    if let failed {
      words = "\(failed.name): \(failed.error ?? message)"
      let isAsking = [Self.metadataStep, Self.frontendStep].contains { failed.name.hasPrefix($0) }
      if isAsking { code = Self.registryCode(inWords: message) ?? code }
    } else if exitCode == nil {
      code = Self.registryCode(inWords: message) ?? code
    }
    return EngineError(
      code, words, status: status, operation: operation, exitCode: exitCode, step: failed?.name)
  }

  /// The number behind the last colon, where it says so: `…: exit code: 7`.
  private static func exitCode(in message: String) -> Int? {
    let parts = message.split(separator: ":")
    guard parts.count > 1, parts[parts.count - 2] == " exit code" else { return nil }
    return parts.last.flatMap { Int($0.dropFirst()) }
  }
}
