import CGit2
import Glibc
import Processes
import SystemPackage

/// Takes packs into a repository by the user's own git (git-index-pack(1)), in place of libgit2,
/// which resolves the differences in a pack on one core.
///
/// libgit2 gives a pack to the first of its databases that takes one: this is one that does nothing
/// else.
final class PackReceiver {
  private let program: GitProgram
  private let repository: FilePath

  /// How long git may take for what came, beside what its size explains.
  private let patience: Duration

  /// Whether git looks for faults in the objects.
  private let isStrict: Bool

  /// How many bytes of a pack git may take a second for. It takes a hundred times as many.
  private static let slowestRate = 64 << 10

  /// The most bytes of an object, as to libgit2.
  private static let largestObject = Int(CGIT2_LARGEST_PIECE)

  /// What git keeps in a list for each object of a pack: 64 bytes in version 2.39.
  private static let listEntrySize = 80

  /// The most bytes of that list. The bound is the greater the more objects a remote says it sends:
  /// this is for 27 million, those of two million operations.
  private static let largestList = 2 << 30

  /// The first bytes, until they say how many objects come.
  private var head: [UInt8] = []
  private static let headSize = 12

  /// How many bytes came of the pack so far.
  private var byteCount: Int64 = 0
  private let report: (GitProgress) throws -> Void

  /// What went wrong, which libgit2 only knows as an error.
  private(set) var failure: (any Error)?

  /// Where git puts it.
  private var incoming: IncomingObjects?
  private var process: SpawnedProcess?
  private var pipe: FileDescriptor?
  private let output: ScratchFile
  private let complaints: ScratchFile

  /// - Parameters:
  ///   - patience: how long git may take for the smallest pack.
  ///   - isStrict: whether git looks for faults in the objects.
  init(
    _ program: GitProgram, of repository: FilePath, patience: Duration, isStrict: Bool,
    report: @escaping (GitProgress) throws -> Void
  ) throws {
    self.program = program
    self.repository = repository
    self.patience = patience
    self.isStrict = isStrict
    self.report = report
    output = try ScratchFile()
    complaints = try ScratchFile()
  }

  deinit {
    if let process {
      // Nobody wants the pack any more.
      process.signal(SIGTERM)
      try? pipe?.close()
      _ = try? process.wait()
    }
    incoming?.remove()
  }

  /// What git wrote beside the pack, so that nobody merges it with others yet.
  static let keepReason = "sc fetch"

  /// The name of the pack that came, `pack-<digits>`, which is kept; nil where none came, or one that
  /// was here.
  private(set) var packName: String?

  /// Makes this the first database of an open repository, for as long as that is open. It must
  /// outlive it.
  func join(_ repository: OpaquePointer) throws(GitError) {
    let backend = UnsafeMutablePointer<cgit2_backend>.allocate(capacity: 1)
    backend.initialize(to: cgit2_backend())
    backend.pointee.base.version = UInt32(GIT_ODB_BACKEND_VERSION)
    backend.pointee.context = Unmanaged.passUnretained(self).toOpaque()
    backend.pointee.base.writepack = { out, backend, _, _, _ in
      PackReceiver.begin(backend, out)
    }
    backend.pointee.base.free = { UnsafeMutableRawPointer($0)?.deallocate() }
    let database = try checked("git_repository_odb") { git_repository_odb($0, repository) }
    defer { git_odb_free(database) }
    let base = UnsafeMutableRawPointer(backend).assumingMemoryBound(to: git_odb_backend.self)
    try check("git_odb_add_backend") { git_odb_add_backend(database, base, Self.priority) }
  }

  /// Before libgit2's own, of 1 and 2.
  private static let priority: Int32 = 1000

  private static func begin(
    _ backend: UnsafeMutablePointer<git_odb_backend>?,
    _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_odb_writepack>?>?
  ) -> Int32 {
    let whole = UnsafeMutableRawPointer(backend)?.assumingMemoryBound(to: cgit2_backend.self)
    let writer = UnsafeMutablePointer<cgit2_writepack>.allocate(capacity: 1)
    writer.initialize(to: cgit2_writepack())
    writer.pointee.context = whole?.pointee.context
    writer.pointee.base.backend = backend
    writer.pointee.base.append = { writer, bytes, count, progress in
      let bytes = UnsafeRawBufferPointer(start: bytes, count: count)
      progress?.pointee.received_bytes += count
      return PackReceiver.behind(writer).attempt { try $0.append(bytes) }
    }
    writer.pointee.base.commit = { writer, _ in
      PackReceiver.behind(writer).attempt { try $0.finish() }
    }
    writer.pointee.base.free = { UnsafeMutableRawPointer($0)?.deallocate() }
    out?.pointee = UnsafeMutableRawPointer(writer)
      .assumingMemoryBound(to: git_odb_writepack.self)
    return 0
  }

  private static func behind(_ writer: UnsafeMutablePointer<git_odb_writepack>?) -> PackReceiver {
    let whole = UnsafeMutableRawPointer(writer)?.assumingMemoryBound(to: cgit2_writepack.self)
    guard let context = whole?.pointee.context else {
      preconditionFailure("a pack without its context")
    }
    return Unmanaged<PackReceiver>.fromOpaque(context).takeUnretainedValue()
  }

  private func attempt(_ body: (PackReceiver) throws -> Void) -> Int32 {
    do {
      try body(self)
      return 0
    } catch {
      if failure == nil { failure = error }
      git_error_set_str(Int32(GIT_ERROR_INDEXER.rawValue), "the pack cannot be taken")
      return GIT_EUSER.rawValue
    }
  }

  private func append(_ bytes: UnsafeRawBufferPointer) throws {
    byteCount += Int64(bytes.count)
    if let pipe {
      try send(bytes, into: pipe)
    } else {
      head += bytes
      guard head.count >= Self.headSize else { return }
      let pipe = try start()
      try head.withUnsafeBytes { try send($0, into: pipe) }
      head = []
    }
    try report(.receiving(objects: 0, of: 0, byteCount: byteCount))
  }

  private func send(_ bytes: UnsafeRawBufferPointer, into pipe: FileDescriptor) throws {
    do {
      _ = try BrokenPipe.asError { try pipe.writeAll(bytes) }
    } catch {
      // What it died of says more than that it did.
      try finish()
      throw error
    }
  }

  /// The largest piece of memory that git may take: for one object, or for its list of all.
  private var largestPiece: Int {
    // "PACK", the version, and the number of objects (gitformat-pack(5)).
    let count = head[8..<Self.headSize].reduce(0) { $0 << 8 | Int($1) }
    return min(max(Self.largestObject, count * Self.listEntrySize), Self.largestList)
  }

  private func start() throws -> FileDescriptor {
    let incoming = try IncomingObjects(of: repository)
    self.incoming = incoming
    let (readEnd, writeEnd) = try FileDescriptor.pipe(options: .closeOnExec)
    process = try readEnd.closeAfter {
      try SpawnedProcess(
        [
          program.path, "-c", "core.bigFileThreshold=16m", "index-pack", "--stdin", "--fix-thin",
          "--keep=\(Self.keepReason)",
        ] + (isStrict ? ["--strict"] : []),
        environment: program.environment.merging(incoming.environment) { $1 }.merging([
          "GIT_DIR": repository.string, "GIT_ALLOC_LIMIT": "\(largestPiece)",
        ]) { $1 },
        input: readEnd, output: output.file, error: complaints.file)
    }
    pipe = writeEnd
    return writeEnd
  }

  private func finish() throws {
    guard let process else {
      if head.isEmpty { return }
      throw GitRemoteError(.cutShort, "the remote sent no more than \(head.count) bytes of a pack")
    }
    try pipe?.close()
    pipe = nil
    let deadline =
      ContinuousClock.now + patience + .seconds(byteCount / Int64(Self.slowestRate))
    while !process.hasEnded(within: .milliseconds(100)) {
      guard ContinuousClock.now < deadline else {
        throw GitRemoteError(
          .tooLarge,
          "what the remote sent, \(byteCount) bytes, takes longer to be put together than any "
            + "history of that size")
      }
      try report(.resolving(deltas: 0, of: 0))
    }
    self.process = nil
    let status = try process.wait()
    if status == 0 {
      // `keep` and the digits.
      let words = try ChildProcess.contents(of: output).split { $0.isWhitespace }
      if words.first == "keep", let digits = words.dropFirst().first {
        if try incoming?.adopt("pack-\(digits)") == true { packName = "pack-\(digits)" }
      }
      return
    }
    let said = try ChildProcess.contents(of: complaints).split(whereSeparator: \.isNewline)
      .joined(separator: "; ")
    throw said.contains(String(cString: strerror(ENOSPC)))
      ? GitRemoteError(.noSpace, "there is no room for what the remote sent", said: said)
      : GitRemoteError(.refused, "what the remote sent is no pack that can be taken", said: said)
  }
}
