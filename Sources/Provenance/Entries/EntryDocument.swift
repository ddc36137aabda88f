import Canonical

/// The ways into a container or an image, as an API documentation of the Hydra core vocabulary.
///
/// One tree: the documentation, its entry point, two collections and their members. So a reader that
/// knows Hydra finds its way, one that knows LDP or DCAT finds containers and data sets, and one
/// that knows only JSON finds everything where it looks for it.
///
/// Source: Hydra Core Vocabulary, sections 4 and 5; LDP 1.0, section 5; DCAT 3, section 6.
package struct EntryDocument: Sendable, Hashable {
  /// The container's or image's own IRI.
  package var subject: String

  /// What people call it.
  package var name: String
  package var services: [EntryPoint.Service]
  package var folders: [EntryPoint.DataFolder]

  package init(
    subject: String, name: String, services: [EntryPoint.Service],
    folders: [EntryPoint.DataFolder]
  ) {
    self.subject = subject
    self.name = name
    self.services = services
    self.folders = folders
  }

  /// The document, the same bytes for the same ways in.
  package func document() -> [UInt8] { json.bytes(.pretty) }

  /// The document with its context inline.
  package var json: JSONValue {
    var root = Node(subject + "/api", "hydra:ApiDocumentation")
    root.add(.title, "Ways into \(name)")
    root.add(
      .description, "The services that listen and the folders that hold data in \(name).")
    root.add(.subject, subject)
    root.add(.entrypoint, .node(entryPoint))
    for description in [Self.serviceClass, Self.folderClass] {
      root.add(.supportedClass, .node(description))
    }
    for (code, title) in [(200, "What was asked for follows."), (404, "It is not there.")] {
      var status = Node(nil, "hydra:Status")
      status.add(.hydraStatusCode, Int64(code))
      status.add(.title, title)
      root.add(.possibleStatus, .node(status))
    }
    return root.document(in: Namespace.ofEntries)
  }

  private var entryPoint: Node {
    var node = Node(subject + "/entry", "hydra:EntryPoint", "ldp:BasicContainer", "dcat:Catalog")
    node.add(.title, name)
    for (path, title, members) in [
      ("services", "Services", services.map(node(of:))),
      ("folders", "Folders", folders.map(node(of:))),
    ] {
      var collection = Node(
        subject + "/entry/" + path, "hydra:Collection", "ldp:BasicContainer")
      collection.add(.title, title)
      collection.add(.totalItems, Int64(members.count))
      for member in members {
        collection.add(.contains, member.iri)
        collection.add(.member, .node(member))
      }
      node.add(.contains, collection.iri)
      node.add(.collection, .node(collection))
    }
    return node
  }

  private func node(of service: EntryPoint.Service) -> Node {
    var node = Node(
      "\(subject)/entry/services/\(service.port)", "hydra:Resource", "ldp:Resource",
      "dcat:DataService", "sc:Service")
    node.add(.title, "port \(service.port)")
    node.add(.port, Int64(service.port))
    node.add(.scheme, service.scheme)
    node.add(.isDeclared, service.isDeclared)
    for url in service.urls {
      node.add(.endpointURL, url)
      node.add(.hydraOperation, .node(.get("Asks the service at \(url).")))
    }
    return node
  }

  private func node(of folder: EntryPoint.DataFolder) -> Node {
    let path = IRI.encoded(folder.path, keeping: "/")
    var node = Node(
      "\(subject)/entry/folders\(path)", "hydra:Resource", "ldp:NonRDFSource", "dcat:Dataset",
      "sc:Folder")
    node.add(.title, folder.path)
    node.add(.path, folder.path)
    node.add(.folderKind, folder.kind.rawValue)
    node.add(.folderSource, folder.source)
    node.add(.isWritable, folder.isWritable)
    var distribution = Node("\(subject)/entry/archives\(path)", "dcat:Distribution")
    distribution.add(.mediaType, "application/x-tar")
    distribution.add(.accessURL, folder.downloadURL)
    distribution.add(.downloadURL, folder.downloadURL)
    distribution.add(.command, folder.command)
    if let archive = folder.archive {
      distribution.add(.byteSize, archive.byteCount)
      distribution.add(.checksum, .node(.checksum(archive.digest)))
    }
    node.add(.distribution, .node(distribution))
    if folder.downloadURL != nil {
      node.add(.hydraOperation, .node(.get("Returns the folder as a tar archive.")))
    }
    return node
  }
}

// What every document says of its classes.
extension EntryDocument {
  private static var serviceClass: Node {
    var node = Node("sc:Service", "hydra:Class")
    node.add(.title, "Service")
    node.add(.description, "What listens on a port of a container.")
    node.add(.supportedProperty, .node(.supported("dcat:endpointURL", "the URL")))
    node.add(.supportedProperty, .node(.supported("sc:scheme", "the scheme of the URL")))
    node.add(.supportedOperation, .node(.get("Asks the service.")))
    return node
  }

  private static var folderClass: Node {
    var node = Node("sc:Folder", "hydra:Class")
    node.add(.title, "Folder")
    node.add(.description, "A folder or file of a container in which data is.")
    node.add(.supportedProperty, .node(.supported("ce:path", "the path in the container")))
    node.add(.supportedProperty, .node(.supported("dcat:distribution", "the data as an archive")))
    node.add(.supportedOperation, .node(.get("Returns the folder as a tar archive.")))
    return node
  }
}

extension Node {
  /// An operation that reads.
  fileprivate static func get(_ title: String) -> Node {
    var node = Node(nil, "hydra:Operation")
    node.add(.title, title)
    node.add(.hydraMethod, "GET")
    return node
  }

  /// A property that is only read. Hydra renamed `writeable`, which readers still look for.
  fileprivate static func supported(_ property: String, _ title: String) -> Node {
    var node = Node(nil, "hydra:SupportedProperty")
    node.add(.title, title)
    node.add(.supported, property)
    node.add(.required, false)
    node.add(.readable, true)
    node.add(.writable, false)
    node.add(.writeable, false)
    return node
  }

  /// Source: SPDX 2.3, section 7.10.
  fileprivate static func checksum(_ digest: SHA256Digest) -> Node {
    var node = Node(nil, "spdx:Checksum")
    node.add(.checksumAlgorithm, "spdx:checksumAlgorithm_sha256")
    node.add(.checksumValue, digest.hexadecimal)
    return node
  }
}
