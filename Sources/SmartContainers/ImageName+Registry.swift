extension ImageName {
  /// The public hub's host, which names leave out.
  public static let hub = "docker.io"

  /// The host of the registry, with its port where it has one.
  ///
  /// Source: distribution/reference, normalize.go: the first part is a host when it has a dot or a
  /// colon, or is `localhost`.
  public var registry: String {
    guard let slash = repository.firstIndex(of: "/") else { return Self.hub }
    let first = repository[..<slash]
    guard first.contains(".") || first.contains(":") || first == "localhost" else {
      return Self.hub
    }
    return first == "index.docker.io" ? Self.hub : String(first)
  }

  /// The whole name, with the host of the public hub where that is meant.
  public var qualified: String {
    guard registry == Self.hub, !repository.hasPrefix(Self.hub + "/") else { return nameWithTag }
    return "\(Self.hub)/\(repository.contains("/") ? "" : "library/")\(nameWithTag)"
  }
}
