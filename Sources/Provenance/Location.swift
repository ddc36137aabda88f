/// Where an entity was read or written.
package enum Location: Sendable, Hashable {
  /// In the file system of a container.
  case container(ContainerPath)

  /// A file of a host: the host's id, and the path there.
  case file(host: String, path: String)

  /// The standard input of the client.
  case standardInput

  /// The memory of the program that used the library.
  case memory

  /// On the web.
  case web(WebLocation)

  var iri: String {
    switch self {
    case .container(let place): place.iri
    case .file(let host, let path): IRI.local(.ce, "host", host, "file", path)
    case .standardInput: IRI.local(.ce, "location", "standardInput")
    case .memory: IRI.local(.ce, "location", "memory")
    case .web(let place): place.url
    }
  }

  var node: Node {
    switch self {
    case .container(let place): return place.node
    case .file(let host, let path):
      var node = Node(iri, "prov:Location", "ce:HostPath")
      node.add(.host, Host.iri(ofID: host))
      node.add(.path, path)
      node.add(.label, path)
      return node
    case .standardInput: return labelled("standard input", "ce:ProcessInput")
    case .memory: return labelled("memory", "ce:ProcessMemory")
    case .web(let place): return place.node
    }
  }

  private func labelled(_ label: String, _ type: String) -> Node {
    var node = Node(iri, "prov:Location", type)
    node.add(.label, label)
    return node
  }
}

/// A resource of the web, by the URL that was asked for.
package struct WebLocation: Sendable, Hashable {
  /// Without secrets, and with nothing that an IRI may not have.
  package var url: String

  /// Where redirects led; nil when there were none.
  package var finalURL: String?

  package init(url: String, finalURL: String? = nil) {
    self.url = url
    self.finalURL = finalURL
  }

  /// The URL without user and query, for people.
  package var shown: String {
    let bare = url.prefix { $0 != "?" }
    guard let scheme = bare.firstRange(of: "://") else { return String(bare) }
    let authority = bare[scheme.upperBound...].prefix { $0 != "/" }
    guard let at = authority.lastIndex(of: "@") else { return String(bare) }
    return String(bare[..<scheme.upperBound] + bare[bare.index(after: at)...])
  }

  var node: Node {
    var node = Node(url, "prov:Location", "ce:WebResource")
    node.add(.label, shown)
    node.add(.finalURL, finalURL)
    return node
  }
}
