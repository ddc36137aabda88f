/// What a package's members are read from, in one of its formats.
///
/// Used on one thread, as is all that reads a package.
protocol PackageSource: AnyObject {
  /// The next member, as the format has it; nil at an end that is one. What is left of the one
  /// before is passed over.
  func next() throws(ArchiveError) -> RawMember?

  /// The next bytes of the member, until the next call; nil at its end.
  func chunk() throws(ArchiveError) -> UnsafeRawBufferPointer?

  /// The bytes of the file that were read.
  var bytesRead: Int64 { get }
}

/// A member before anybody looked at its name.
struct RawMember {
  enum Kind {
    case file, folder
    /// What no package has, with what is said of it: `is a symbolic link`.
    case refused(String)
  }

  /// The bytes of the path, without the slash at a folder's end.
  let path: [UInt8]
  let kind: Kind
  let size: Int64

  /// The permission bits, with those beyond the nine.
  let mode: UInt32
}

/// Bytes that come in pieces.
protocol ByteSource: AnyObject {
  /// The next bytes, until the next call; nil at the end.
  func next() throws(ArchiveError) -> UnsafeRawBufferPointer?

  /// The bytes of the file that were read for that.
  var bytesRead: Int64 { get }
}
