/// What a package may be at most; more is refused before it costs memory or disk.
///
/// The defaults let through what people archive (images of many gigabytes, hundreds of thousands
/// of documents) and stop what was made to exhaust a machine.
package struct PackageLimits: Sendable, Equatable {
  /// The members: each costs some hundred bytes of memory while names are compared. A history of
  /// a million operations is one bundle, so only many small data files come near.
  package var members = 1_000_000

  /// The bytes of all members together: 1 TiB, more than an engine on one machine holds.
  package var unpackedSize: Int64 = 1 << 40

  /// How many times more bytes may come out than went in, once `freelyUnpacked` did.
  ///
  /// Text and disk images shrink to a tenth or hundredth; deflate cannot do more than 1032:1, and
  /// only zeros do better than 1000:1 in Zstandard. A package of one's own whose first gigabyte is
  /// zeros needs more.
  package var ratio: Int64 = 1000

  /// The bytes that may come out at any ratio: 100 MiB harm no machine, and a small file of zeros
  /// is no attack.
  package var freelyUnpacked: Int64 = 100 << 20

  /// The bytes of a path: Linux's own limit (PATH_MAX).
  package var pathLength = 4096

  /// The bytes of a name in a path: that of the file systems in use (NAME_MAX).
  package var nameLength = 255

  package init() {}
}
