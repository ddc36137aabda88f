import CGit2
import Processes
import SystemPackage

/// Makes a pack of what a remote lacks.
protocol PackSource {
  /// Writes a pack of all that some commits need and others do not.
  ///
  /// - Parameters:
  ///   - known: what the remote has; some of it may not be here.
  ///   - offsets: whether the remote takes differences that name their base by its place.
  func write(
    _ commits: [GitObjectID], without known: [GitObjectID], offsets: Bool,
    to sink: (UnsafeRawBufferPointer) throws -> Void) throws
}

/// A pack by the user's own git (git-pack-objects(1)).
struct GitPackObjects: PackSource {
  let program: GitProgram
  let repository: GitRepository

  func write(
    _ commits: [GitObjectID], without known: [GitObjectID], offsets: Bool,
    to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let here = known.filter { (try? repository.byteCount(of: $0)) != nil }
    let lines = commits.map { "\($0)\n" } + Set(here).map { "^\($0)\n" }
    let input = try ScratchFile()
    defer { withExtendedLifetime(input) {} }
    _ = try input.file.writeAll(lines.joined().utf8)
    try input.file.seek(offset: 0, from: .start)
    let complaints = try ScratchFile()
    defer { withExtendedLifetime(complaints) {} }
    let (readEnd, writeEnd) = try FileDescriptor.pipe(options: .closeOnExec)
    defer { try? readEnd.close() }
    let words =
      ["pack-objects", "--stdout", "--revs", "--thin", "-q"]
      + (offsets ? ["--delta-base-offset"] : [])
    let process = try writeEnd.closeAfter {
      try SpawnedProcess(
        [program.path] + words,
        environment: program.environment.merging(["GIT_DIR": repository.path.string]) { $1 },
        input: input.file, output: writeEnd, error: complaints.file)
    }
    let copied = Result { try copy(from: readEnd, to: sink) }
    // Nobody reads on where the remote is gone.
    if case .failure = copied { process.signal(15) }
    let status = try process.wait()
    try copied.get()
    guard status == 0 else {
      throw GitError(
        code: .failed, call: "git pack-objects",
        message: "git pack-objects ended with status \(status)", category: .object)
    }
  }

  /// Passes the pack on in large pieces: git writes small ones, and nobody waits for one.
  private func copy(
    from file: FileDescriptor, to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { room in
      var filled = 0
      while true {
        let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]))
        filled += count
        guard count == 0 || filled == room.count else { continue }
        if filled > 0 { try sink(UnsafeRawBufferPointer(rebasing: room[..<filled])) }
        if count == 0 { return }
        filled = 0
      }
    }
  }
}

/// A pack by libgit2, where there is no git.
struct LibraryPack: PackSource {
  let repository: GitRepository

  /// What the sink threw, which libgit2 only knows as an error.
  private final class Sink {
    let write: (UnsafeRawBufferPointer) throws -> Void
    var failure: (any Error)?

    init(_ write: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.write = write }
  }

  func write(
    _ commits: [GitObjectID], without known: [GitObjectID], offsets: Bool,
    to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let here = known.filter { (try? repository.byteCount(of: $0)) != nil }
    var objects: [GitObjectID] = []
    for commit in commits { objects += try repository.objects(from: commit, hiding: here) }
    try withoutActuallyEscaping(sink) { sink in
      let sink = Sink(sink)
      do {
        try repository.buildPack(of: objects) { (builder) throws(GitError) in
          try check("git_packbuilder_foreach") {
            git_packbuilder_foreach(
              builder,
              { bytes, count, payload in
                guard let payload else { return -1 }
                let sink = Unmanaged<Sink>.fromOpaque(payload).takeUnretainedValue()
                do {
                  try sink.write(UnsafeRawBufferPointer(start: bytes, count: count))
                  return 0
                } catch {
                  sink.failure = error
                  return GIT_EUSER.rawValue
                }
              }, Unmanaged.passUnretained(sink).toOpaque())
          }
        }
      } catch {
        throw sink.failure ?? error
      }
    }
  }
}
