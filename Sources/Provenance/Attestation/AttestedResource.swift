import Canonical

/// Something that an attestation is about.
///
/// Source: in-toto attestation v1, ResourceDescriptor.
package struct AttestedResource: Sendable, Hashable {
  /// The name of an image, the path of a file, `stdout`.
  package var name: String?
  package var uri: String?
  package var digest: SHA256Digest?

  package init(name: String? = nil, uri: String? = nil, digest: SHA256Digest? = nil) {
    self.name = name
    self.uri = uri
    self.digest = digest
  }

  var json: JSONValue {
    var members: [String: JSONValue] = [:]
    members["name"] = name.map { .string($0) }
    members["uri"] = uri.map { .string($0) }
    members["digest"] = digest.map { ["sha256": .string($0.hexadecimal)] }
    return .object(members)
  }

  /// - Parameter needsDigest: whether it is nothing without one.
  init(_ json: JSONValue, needsDigest: Bool) throws(AttestationError) {
    let members = try StatementObject(json, "a resource")
    try members.allow([
      "name", "uri", "digest", "content", "downloadLocation", "mediaType", "annotations",
    ])
    name = try members.optionalText("name")
    uri = try members.optionalText("uri")
    if let digests = json["digest"] {
      guard let text = digests["sha256"]?.string, !text.hasPrefix("sha256:"),
        let digest = SHA256Digest(text)
      else { throw AttestationError(.malformed, "a digest is no SHA-256") }
      self.digest = digest
    }
    guard digest != nil || !needsDigest && (name ?? uri) != nil else {
      throw AttestationError(.malformed, "\(name ?? "a resource") has no digest")
    }
  }

  /// Each once, by their names.
  package static func sorted(_ resources: [AttestedResource]) -> [AttestedResource] {
    let order = { (resource: AttestedResource) in
      [resource.name, resource.digest?.hexadecimal, resource.uri].map { $0 ?? "" }
    }
    return Set(resources).sorted {
      order($0).lexicographicallyPrecedes(order($1)) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }
}
