/// The header of one entry of a tar archive; owner and group are always 0.
package struct TarEntry: Sendable, Equatable {
  /// What an entry is.
  package enum Kind: Sendable, Equatable {
    /// A file of that many bytes, which follow the header.
    case file(size: Int64)
    case folder
    /// A symbolic link, with its target's bytes.
    case symbolicLink([UInt8])
    /// Another name of an earlier entry, with that one's path.
    case hardLink([UInt8])
    case fifo
    case characterDevice(UInt64)
    case blockDevice(UInt64)
  }

  /// The path inside the archive, without a leading slash; any bytes but zero.
  package var path: [UInt8]

  /// What the entry is.
  package var kind: Kind

  /// The permission bits, with set-user-id, set-group-id and sticky.
  package var mode: UInt32

  /// The time of the last change, in seconds since 1970.
  package var modified: Int64

  package init(path: [UInt8], kind: Kind, mode: UInt32, modified: Int64) {
    self.path = path
    self.kind = kind
    self.mode = mode
    self.modified = modified
  }
}

extension TarEntry {
  /// Whether the path or a link's target is no UTF-8.
  var hasNameThatIsNoText: Bool {
    switch kind {
    case .symbolicLink(let target), .hardLink(let target):
      String(validating: path + target, as: UTF8.self) == nil
    default: String(validating: path, as: UTF8.self) == nil
    }
  }
}

extension TarEntry.Kind {
  var fileType: FileType {
    switch self {
    case .file, .hardLink: .file
    case .folder: .folder
    case .symbolicLink: .symbolicLink
    case .fifo: .fifo
    case .characterDevice: .characterDevice
    case .blockDevice: .blockDevice
    }
  }
}
