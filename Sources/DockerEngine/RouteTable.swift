/// The endpoints of the Engine API, used both ways: requests are printed from it, and inbound
/// or outbound requests are recognized with it.
///
/// Source: Engine API 1.41 and 1.47.
public enum RouteTable {
  /// A request that was recognized.
  public struct Match: Sendable {
    public let route: Route

    /// The decoded values of the template's variable parts, in order.
    public let variables: [String]

    /// The decoded query, in order.
    public let query: [(name: String, value: String)]

    /// The value of a query item; nil when it is not there.
    public func query(_ name: String) -> String? { query.first { $0.name == name }?.value }
  }

  /// Recognizes a request; nil when no endpoint has that method and path.
  ///
  /// - Parameter target: path and query as on the request line, with or without a version.
  public static func match(method: String, target: String) -> Match? {
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var parts = halves[0].split(separator: "/")
    if let first = parts.first, first.hasPrefix("v"), APIVersion(String(first)) != nil {
      parts.removeFirst()
    }
    let query = items(halves.count > 1 ? halves[1] : "")
    for route in routes where route.method == method {
      guard let variables = bind(parts, to: route.template.split(separator: "/")),
        route.queryItem.map({ name in query.contains { $0.name == name } }) ?? true
      else { continue }
      return Match(route: route, variables: variables, query: query)
    }
    return nil
  }

  /// Binds path parts to a template. A variable takes one part, except that an image's name
  /// takes as many as it has.
  private static func bind(_ parts: [Substring], to template: [Substring]) -> [String]? {
    guard let variable = template.firstIndex(where: { $0.hasPrefix("{") }) else {
      return parts == template ? [] : nil
    }
    let tail = template.count - variable - 1
    let width = parts.count - variable - tail
    guard width >= 1, template[variable] == "{name}" || width == 1,
      parts.prefix(variable) == template.prefix(variable),
      parts.suffix(tail) == template.suffix(tail)
    else { return nil }
    let value = parts[variable..<variable + width].joined(separator: "/")
    return [PercentEncoding.decode(value)]
  }

  private static func items(_ query: Substring) -> [(name: String, value: String)] {
    query.split(separator: "&").map { item in
      let halves = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        name: PercentEncoding.decode(halves[0], plusIsSpace: true),
        value: halves.count > 1 ? PercentEncoding.decode(halves[1], plusIsSpace: true) : ""
      )
    }
  }
}
