import Canonical

/// An image, named by what it holds.
///
/// The classic store's image id is the digest of the configuration, the containerd store's is
/// that of the manifest or index. All that are known are recorded.
package struct Image: Sendable, Hashable {
  /// The id as the engine gave it.
  package var id: SHA256Digest
  package var configDigest: SHA256Digest?
  package var manifestDigest: SHA256Digest?
  package var indexDigest: SHA256Digest?
  /// `busybox@sha256:…`, as the engine lists them.
  package var repositoryDigests: [String]
  /// The digests of the uncompressed layers, base first.
  package var layers: [SHA256Digest]
  package var sizeInBytes: Int64?
  package var operatingSystem: String?
  package var architecture: String?
  /// A name to show, `busybox:1.36`.
  package var name: String?

  package init(
    id: SHA256Digest, configDigest: SHA256Digest? = nil, manifestDigest: SHA256Digest? = nil,
    indexDigest: SHA256Digest? = nil, repositoryDigests: [String] = [],
    layers: [SHA256Digest] = [], sizeInBytes: Int64? = nil, operatingSystem: String? = nil,
    architecture: String? = nil, name: String? = nil
  ) {
    self.id = id
    self.configDigest = configDigest
    self.manifestDigest = manifestDigest
    self.indexDigest = indexDigest
    self.repositoryDigests = repositoryDigests
    self.layers = layers
    self.sizeInBytes = sizeInBytes
    self.operatingSystem = operatingSystem
    self.architecture = architecture
    self.name = name
  }

  /// The digest that identifies the image: the configuration's where it is known.
  package var identity: SHA256Digest { configDigest ?? id }

  package var iri: String { IRI.named(by: identity) }

  var node: Node {
    var node = Node(iri, "prov:Entity", "docker:Image")
    node.add(.label, name ?? String(identity.hexadecimal.prefix(12)))
    node.add(.imageID, id)
    node.add(.configDigest, configDigest)
    node.add(.manifestDigest, manifestDigest)
    node.add(.indexDigest, indexDigest)
    for digest in repositoryDigests { node.add(.repositoryDigest, digest) }
    node.add(.layers, list: layers.map(IRI.named))
    node.add(.byteCount, sizeInBytes)
    node.add(.operatingSystem, operatingSystem)
    node.add(.architecture, architecture)
    return node
  }
}

/// A name that stands for an image: on an engine, or in a registry when no engine is given.
package struct ImageReference: Sendable, Hashable {
  /// `busybox:1.36`.
  package var name: String
  package var engine: String?
  /// The identity of the image that the name stood for; a name that moves on to another image
  /// is another entity.
  package var image: SHA256Digest?

  package init(name: String, engine: String? = nil, image: SHA256Digest? = nil) {
    self.name = name
    self.engine = engine
    self.image = image
  }

  package var iri: String {
    switch (engine, image) {
    case (let engine?, let image?):
      IRI.local(.docker, "reference", engine, name, image.hexadecimal)
    case (let engine?, nil): IRI.local(.docker, "reference", engine, name)
    case (nil, let image?): IRI.local(.docker, "registry", name, image.hexadecimal)
    case (nil, nil): IRI.local(.docker, "registry", name)
    }
  }

  var node: Node {
    var node = Node(iri, "prov:Entity", "docker:ImageReference")
    node.add(.label, name)
    node.add(.reference, name)
    node.add(.engine, engine.map(EngineAgent.iri))
    node.add(.specializationOf, image.map(IRI.named))
    return node
  }
}
