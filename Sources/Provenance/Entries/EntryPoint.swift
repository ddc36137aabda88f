import Canonical

/// One way into a container, or into a container that an image would give.
package enum EntryPoint: Sendable, Hashable {
  case service(Service)
  case folder(DataFolder)
}

extension EntryPoint {
  /// What listens on a port.
  package struct Service: Sendable, Hashable {
    /// The port in the container.
    package var port: Int

    /// The scheme of its URLs, `http`.
    package var scheme: String

    /// The path of its URLs, `/`.
    package var path: String

    /// Whether somebody declared the scheme and the path.
    package var isDeclared: Bool

    /// The URLs under which it is reached from outside; none where it is not published.
    package var urls: [String]

    package init(
      port: Int, scheme: String, path: String, isDeclared: Bool, urls: [String] = []
    ) {
      self.port = port
      self.scheme = scheme
      self.path = path
      self.isDeclared = isDeclared
      self.urls = urls
    }
  }

  /// A folder, or a file, in which data is.
  package struct DataFolder: Sendable, Hashable {
    /// How it comes to be a way in.
    package enum Kind: String, Sendable, CaseIterable {
      case bind, declared, temporary, volume
    }

    /// The path in the container.
    package var path: String
    package var kind: Kind

    /// The volume's name, or the folder of the host that is mounted.
    package var source: String?
    package var isWritable: Bool

    /// The URL of the engine from which it is to be had as a tar archive; nil for an image's.
    package var downloadURL: String?

    /// The command that copies it out.
    package var command: String?

    /// The archive of it that left the container last, as far as the history knows.
    package var archive: Content?

    package init(
      path: String, kind: Kind, source: String? = nil, isWritable: Bool = true,
      downloadURL: String? = nil, command: String? = nil, archive: Content? = nil
    ) {
      self.path = path
      self.kind = kind
      self.source = source
      self.isWritable = isWritable
      self.downloadURL = downloadURL
      self.command = command
      self.archive = archive
    }
  }
}
