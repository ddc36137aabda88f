import Canonical
import DockerEngine
import HTTP

/// The label in which JSON-LD documents are kept, wherever a request to an engine sets it.
///
/// Here, and not with each command, because every operation passes here.
enum HandedInLabels {
  private static let key = SmartLabel.key

  /// Checks the documents that a request would label something with.
  ///
  /// - Throws: `SmartContainersError` of code `usage`, before anything was sent.
  static func check(
    _ request: HTTPRequest, _ match: RouteTable.Match, for dialect: EngineDialect,
    loadingWith loader: ContextLoader
  ) async throws {
    for value in values(in: request, match, dialect) { try await check(value, loadingWith: loader) }
  }

  /// Checks what is to become labels.
  static func check(_ labels: [String: String], loadingWith loader: ContextLoader) async throws {
    if let value = labels[key] { try await check(value, loadingWith: loader) }
  }

  private static func check(_ value: String, loadingWith loader: ContextLoader) async throws {
    try await HandedInDocument(name: "label \(key)", bytes: Array(value.utf8))
      .check(loadingWith: loader)
  }

  /// The values that a request gives the label.
  private static func values(
    in request: HTTPRequest, _ match: RouteTable.Match, _ dialect: EngineDialect
  ) -> [String] {
    switch match.route {
    case RouteTable.containerCreate, RouteTable.networkCreate, RouteTable.volumeCreate,
      RouteTable.containerCommit:
      instructions(of: match, dialect)
        + [body(of: request)?["Labels"]?[key]?.string].compactMap(\.self)
    case RouteTable.imageImport: instructions(of: match, dialect)
    case RouteTable.imageBuild:
      [match.query("labels").flatMap { try? JSONValue(parsing: $0) }?[key]?.string]
        .compactMap(\.self)
    default: []
    }
  }

  private static func body(of request: HTTPRequest) -> JSONValue? {
    guard case .bytes(let bytes) = request.body else { return nil }
    return try? JSONValue(parsing: bytes)
  }

  private static func instructions(
    of match: RouteTable.Match, _ dialect: EngineDialect
  ) -> [String] {
    match.query.filter { $0.name == "changes" }
      .flatMap { dialect.labels(ofInstruction: $0.value) }
      .filter { $0.name == key }.map(\.value)
  }
}

extension Client {
  /// Checks what is to become labels: that which holds JSON-LD must be such.
  ///
  /// Every operation does so itself; this is for who does something else before, such as to pull an
  /// image.
  ///
  /// - Throws: `SmartContainersError` of code `usage`, which names the place in the document.
  public func check(labels: [String: String]) async throws {
    try await HandedInLabels.check(labels, loadingWith: recorder.environment.contexts)
  }
}
