import Canonical
import HTTP

extension EngineClient {
  /// Builds an image from a context.
  ///
  /// - Parameters:
  ///   - context: the tar of the context, asked for as the engine takes it.
  ///   - credentials: those of every registry that a base image may come from. BuildKit does not
  ///     take them: it asks for them in a session.
  ///   - onEvent: called with each event as it comes; the engine waits for it.
  /// - Returns: the id of the image.
  /// - Throws: `EngineError` of code `inStream` when a step fails, with the exit code of its
  ///   command where the engine tells it; of code `unsupported` when the builder cannot do what is
  ///   asked for, before anything is sent.
  /// - Source: Engine API 1.41, POST /build.
  public func buildImage(
    context: @escaping ByteSource, options: BuildOptions,
    credentials: [RegistryCredentials] = [],
    onEvent: (ProgressEvent) async throws -> Void = { _ in }
  ) async throws -> String {
    let route = RouteTable.imageBuild
    let builder = try builder(for: options)
    let ignored = builder == .buildKit ? options.ignoredByBuildKit(at: apiVersion) : []
    if !ignored.isEmpty {
      try await onEvent(.warning("BuildKit pays no heed to \(ignored.joined(separator: ", "))"))
    }
    var headers: HTTPHeaders = ["Content-Type": "application/x-tar"]
    if builder == .classic {
      headers["X-Registry-Config"] = RegistryCredentials.buildHeader(credentials)
    }
    var failed: BuildStep?
    do {
      return try await withResponse(
        route, query: options.query(for: builder), headers: headers,
        body: .stream(length: nil, next: context), limits: .patient
      ) { response in
        try await image(in: response.body) { event in
          if case .step(let step) = event, step.error != nil { failed = failed ?? step }
          if !options.isQuiet { try await onEvent(event) }
        }
      }
    } catch let error as EngineError where [.inStream, .engineFault].contains(error.code) {
      throw error.of(failed)
    }
  }

  /// Reads a build's answer to its end, and returns the image's id.
  private func image(
    in body: HTTPResponseBody, onEvent: (ProgressEvent) async throws -> Void
  ) async throws -> String {
    var image: String?
    for try await line in JSONLines(body, RouteTable.imageBuild, dialect) {
      for event in Self.buildEvents(line) {
        if case .image(let id) = event { image = id }
        try await onEvent(event)
      }
    }
    guard let image else {
      throw EngineError(
        .unexpectedAnswer, "the build ended and the engine did not name an image",
        operation: RouteTable.imageBuild.operation)
    }
    return image
  }

  /// What a line of a build's answer tells.
  private static func buildEvents(_ line: JSONValue) -> [ProgressEvent] {
    BuildTrace(json: line)?.events ?? ProgressEvent(json: line).map { [$0] } ?? []
  }

  /// The builder that a build gets.
  ///
  /// - Throws: `EngineError` of code `unsupported` when the one asked for is not there, or cannot
  ///   do what the options say.
  public func builder(for options: BuildOptions) throws(EngineError) -> ImageBuilder {
    let isChoosing = apiVersion >= ImageBuilder.firstChoice && !dialect.has(.noBuildKit)
    let preferred = isChoosing ? defaultBuilder : .classic
    let builder = options.builder == .automatic ? preferred : options.builder
    guard builder == .buildKit else { return .classic }
    if !isChoosing {
      throw EngineError(
        .unsupported,
        dialect.has(.noBuildKit)
          ? "\(dialect.product) has no BuildKit: it builds with a builder of its own"
          : "the engine has no BuildKit: it speaks API \(apiVersion)",
        operation: RouteTable.imageBuild.operation)
    }
    if options.squashes {
      throw EngineError(
        .unsupported,
        "BuildKit does not squash: copy what is needed into a last stage, or use the classic "
          + "builder", operation: RouteTable.imageBuild.operation)
    }
    return .buildKit
  }
}
