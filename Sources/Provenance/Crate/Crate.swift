import Canonical

/// What an RO-Crate says of files and of the runs that made them.
///
/// Source: RO-Crate 1.1, and Process Run Crate 0.5.
package struct Crate: Sendable {
  /// A file of the crate.
  package struct File: Sendable {
    /// From the crate's own folder, not encoded.
    package var path: String
    package var name: String
    package var byteCount: Int64
    package var digest: SHA256Digest
    package var mediaType: String?
    package var description: String?

    package init(
      path: String, name: String, byteCount: Int64, digest: SHA256Digest, mediaType: String? = nil,
      description: String? = nil
    ) {
      self.path = path
      self.name = name
      self.byteCount = byteCount
      self.digest = digest
      self.mediaType = mediaType
      self.description = description
    }
  }

  /// A run, and the paths of the files that it read and left.
  package struct Action: Sendable {
    package var activity: ActivityDocument
    package var image: Image
    package var command: [String]
    package var objects: [String]
    package var results: [String]

    package init(
      activity: ActivityDocument, image: Image, command: [String], objects: [String],
      results: [String]
    ) {
      self.activity = activity
      self.image = image
      self.command = command
      self.objects = objects
      self.results = results
    }
  }

  /// The image of a run.
  package struct Image: Sendable, Hashable {
    package var identity: SHA256Digest

    /// `busybox:1.36`; nil for one without a name.
    package var name: String?

    package init(identity: SHA256Digest, name: String?) {
      self.identity = identity
      self.name = name
    }
  }

  package var name: String
  package var description: String
  package var publishedAt: Timestamp

  /// The IRI of a license; nil where nobody stated one.
  package var license: String?
  package var files: [File]
  package var actions: [Action]

  package init(
    name: String, description: String, publishedAt: Timestamp, license: String? = nil,
    files: [File] = [], actions: [Action] = []
  ) {
    self.name = name
    self.description = description
    self.publishedAt = publishedAt
    self.license = license
    self.files = files
    self.actions = actions
  }
}
