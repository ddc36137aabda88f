/// One endpoint of the Engine API: how it is called, and what calling it does.
public struct Route: Sendable, Hashable {
  /// What a call does to the engine's state, and so whether it is recorded.
  public enum Effect: Sendable, Hashable {
    /// Changes nothing: passes unrecorded.
    case reads
    /// Creates, changes or removes state.
    case changes
    /// Copies state out of the engine.
    case copiesOut
  }

  /// How the bodies move.
  public enum Flow: Sendable, Hashable {
    /// Both are small.
    case message
    /// The response comes as it happens, or is large.
    case streamsDown
    /// The request may be large, and the response comes as it happens, in lines of JSON.
    case streamsBoth
    /// The connection is taken over in both directions.
    case hijacks
  }

  /// The operation's name, `container.create`.
  public let operation: String

  /// The HTTP method.
  public let method: String

  /// The path below the version, with `{name}` for each variable part.
  public let template: String

  public let effect: Effect
  public let flow: Flow

  /// The query item that tells it from another with the same path; nil where none is needed.
  let queryItem: String?

  init(
    _ operation: String, _ method: String, _ template: String, _ effect: Effect = .reads,
    _ flow: Flow = .message, with queryItem: String? = nil
  ) {
    self.queryItem = queryItem
    self.operation = operation
    self.method = method
    self.template = template
    self.effect = effect
    self.flow = flow
  }

  /// Whether calls are committed to the history.
  public var isRecorded: Bool { effect != .reads }

  /// Whether the path names an image.
  package var isOnImage: Bool { template.hasPrefix("/images/{name}") }

  /// Whether a call removes what nobody uses.
  package var isPrune: Bool { template.hasSuffix("/prune") }

  /// Whether the path names a network.
  package var isOnNetwork: Bool { template.hasPrefix("/networks/{id}") }

  /// Whether the path names a volume.
  package var isOnVolume: Bool { template.hasPrefix("/volumes/{id}") }
}

extension Route {
  /// The path and query of a call, percent-encoded.
  ///
  /// - Parameters:
  ///   - variables: the values of the template's variable parts, in order. An image's name may
  ///     hold slashes; they stay, as the engine expects.
  ///   - query: names and values; those with nil are left out.
  public func target(
    version: APIVersion?, _ variables: [String] = [], query: [(String, String?)] = []
  ) -> String {
    var remaining = variables[...]
    let path = template.split(separator: "/").map { part in
      part.hasPrefix("{") ? PercentEncoding.encode(path: remaining.popFirst() ?? "") : String(part)
    }
    let items = query.compactMap { name, value in
      value.map { "\(PercentEncoding.encode(query: name))=\(PercentEncoding.encode(query: $0))" }
    }
    return path.reduce(version.map { "/v\($0)" } ?? "") { $0 + "/" + $1 }
      + (items.isEmpty ? "" : "?" + items.joined(separator: "&"))
  }
}
