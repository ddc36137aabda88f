import Canonical
import Glibc
import SystemPackage

/// Digests of files that were taken before, beside the history: as git's index, it takes a file
/// whose size, times and inode are what they were for unchanged.
///
/// Without it everything is read again, so that what cannot be read or written is no error.
struct DigestCache: Sendable {
  /// What tells a file that was changed from one that was not.
  struct Key: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let modified: Moment
    let changed: Moment

    init(_ status: stat) {
      device = UInt64(status.st_dev)
      inode = UInt64(status.st_ino)
      size = Int64(status.st_size)
      modified = Moment(status.st_mtim)
      changed = Moment(status.st_ctim)
    }

    fileprivate init?(_ fields: [Substring]) {
      guard fields.count == 6, let device = UInt64(fields[0]), let inode = UInt64(fields[1]),
        let size = Int64(fields[2]), let modified = Moment(fields[3]),
        let changed = Moment(fields[4])
      else { return nil }
      (self.device, self.inode, self.size) = (device, inode, size)
      (self.modified, self.changed) = (modified, changed)
    }

    fileprivate var text: String {
      "\(device) \(inode) \(size) \(modified.text) \(changed.text)"
    }

    /// A file may be written to twice within one tick of its file system's clock: only one that has
    /// rested is known by its times.
    func isSettled(at seconds: Int64) -> Bool {
      max(modified.seconds, changed.seconds) < seconds - Self.rest
    }

    /// In seconds.
    private static let rest: Int64 = 2
  }

  /// A time of a file. A file system may have any: in nanoseconds alone, 64 bits end in 2262.
  struct Moment: Hashable, Sendable {
    /// Since 1970.
    let seconds: Int64
    let nanoseconds: Int64

    init(_ time: timespec) {
      (seconds, nanoseconds) = (Int64(time.tv_sec), Int64(time.tv_nsec))
    }

    fileprivate init?(_ text: Substring) {
      let parts = text.split(separator: ".")
      guard parts.count == 2, let seconds = Int64(parts[0]), let nanoseconds = Int64(parts[1])
      else { return nil }
      (self.seconds, self.nanoseconds) = (seconds, nanoseconds)
    }

    fileprivate var text: String { "\(seconds).\(nanoseconds)" }
  }

  /// Smaller files are read faster than they are looked up.
  static let sizeLimit: Int64 = 64 << 10

  /// As many as are kept.
  private static let countLimit = 100_000
  private static let byteLimit = 32 << 20

  private let path: FilePath
  private var known: [Key: SHA256Digest] = [:]
  private var hasChanged = false

  /// Reads what is known.
  ///
  /// - Parameter path: of the file; it need not be there.
  init(at path: FilePath) {
    self.path = path
    guard let text = try? TextFile.read(path, limit: Self.byteLimit) else { return }
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard let key = Key(fields), let digest = SHA256Digest(String(fields[5])) else { continue }
      known[key] = digest
    }
  }

  subscript(key: Key) -> SHA256Digest? { known[key] }

  /// Remembers a digest that was taken at that time, in seconds since 1970.
  mutating func remember(_ digest: SHA256Digest, of key: Key, at seconds: Int64) {
    guard key.size >= Self.sizeLimit, key.isSettled(at: seconds), known[key] != digest else {
      return
    }
    known[key] = digest
    hasChanged = true
  }

  /// Writes what is known, whole or not at all.
  func save() {
    guard hasChanged else { return }
    // Which of them are left out does not matter: they are read again.
    let text = known.prefix(Self.countLimit).map { "\($0.key.text) \($0.value)\n" }.joined()
    let draft = "\(path).\(getpid()).\(UInt32.random(in: .min ... .max))"
    do {
      let file = try FileDescriptor.open(
        FilePath(draft), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite])
      try file.closeAfter { _ = try file.writeAll(text.utf8) }
      if rename(draft, path.string) != 0 { unlink(draft) }
    } catch {
      unlink(draft)
    }
  }
}
