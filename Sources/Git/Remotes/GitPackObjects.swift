import Glibc
import Processes
import SystemPackage

/// A pack by the user's own git (git-pack-objects(1)).
final class GitPackObjects: PackSource {
  private let program: GitProgram
  private let repository: GitRepository

  /// What was begun before the remote had said what it has.
  private var begun: Begun?

  /// A program that was told what to pack.
  private struct Begun {
    let program: Program
    let commits: [GitObjectID]
    let known: Set<GitObjectID>
  }

  init(program: GitProgram, repository: GitRepository) {
    (self.program, self.repository) = (program, repository)
  }

  deinit { begun?.program.abandon() }

  func prepare(_ request: PackRequest) { begun = try? begin(request, offsets: true) }

  func write(
    _ request: PackRequest, offsets: Bool, to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let program = try begun(request, offsets: offsets) ?? begin(request, offsets: offsets).program
    let copied = Result { try program.copy(to: sink) }
    // Nobody reads on where the remote is gone.
    if case .failure = copied { program.process.signal(SIGTERM) }
    let status = try program.end()
    try copied.get()
    guard status == 0 else {
      throw GitError(
        code: .failed, call: "git pack-objects",
        message: "git pack-objects ended with status \(status): \(program.said)", category: .object)
    }
  }

  /// The program that was begun, if the remote turned out to be as it was taken to be; ends it if not.
  private func begun(_ request: PackRequest, offsets: Bool) -> Program? {
    guard let begun else { return nil }
    self.begun = nil
    if offsets, begun.commits == request.commits, begun.known == here(request.known) {
      return begun.program
    }
    begun.program.abandon()
    return nil
  }

  private func begin(_ request: PackRequest, offsets: Bool) throws -> Begun {
    let known = here(request.known)
    let program = try Program(
      [program.path, "pack-objects", "--stdout", "--revs", "--thin", "-q"]
        + (offsets ? ["--delta-base-offset"] : []),
      environment: program.environment.merging(["GIT_DIR": repository.path.string]) { $1 })
    do {
      let lines = request.commits.map { "\($0)\n" } + known.map { "^\($0)\n" }
      try program.tell(lines.joined())
    } catch {
      program.abandon()
      throw error
    }
    return Begun(program: program, commits: request.commits, known: known)
  }

  private func here(_ commits: [GitObjectID]) -> Set<GitObjectID> {
    Set(commits.filter(repository.contains))
  }
}

/// The program, which is told what to pack and writes the pack.
private struct Program {
  let process: SpawnedProcess
  private let input: FileDescriptor
  private let output: FileDescriptor
  private let complaints: ScratchFile

  /// What it has to say.
  var said: String {
    let text = (try? ChildProcess.contents(of: complaints)) ?? ""
    return text.split(whereSeparator: \.isNewline).joined(separator: "; ")
  }

  init(_ arguments: [String], environment: [String: String]) throws {
    complaints = try ScratchFile()
    let stdout = try Pipe.large()
    let stdin: (readEnd: FileDescriptor, writeEnd: FileDescriptor)
    do {
      stdin = try FileDescriptor.pipe(options: .closeOnExec)
    } catch {
      for file in [stdout.readEnd, stdout.writeEnd] { try? file.close() }
      throw error
    }
    defer { for file in [stdin.readEnd, stdout.writeEnd] { try? file.close() } }
    (input, output) = (stdin.writeEnd, stdout.readEnd)
    do {
      process = try SpawnedProcess(
        arguments, environment: environment, input: stdin.readEnd, output: stdout.writeEnd,
        error: complaints.file)
    } catch {
      for file in [input, output] { try? file.close() }
      throw error
    }
  }

  /// Says all that is to be packed. What one has to say that listens no more, its status tells.
  func tell(_ lines: String) throws {
    defer { try? input.close() }
    do {
      _ = try BrokenPipe.asError { try input.writeAll(lines.utf8) }
    } catch Errno.brokenPipe {
      return
    }
  }

  /// Waits for its end, which all must have been read for.
  ///
  /// - Returns: its status.
  func end() throws -> Int32 {
    try? output.close()
    return try process.wait()
  }

  /// Ends it, whose pack nobody wants.
  func abandon() {
    process.signal(SIGTERM)
    _ = try? end()
  }

  /// For how many microseconds more of a piece is waited for.
  private static let pause: UInt32 = 200

  /// Passes the pack on in large pieces, because git writes small ones. The first is passed on at
  /// once, for the remote gets ready when it has seen the beginning, and the last is not kept until
  /// the program has ended.
  func copy(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    _ = fcntl(output.rawValue, F_SETFL, fcntl(output.rawValue, F_GETFL) | O_NONBLOCK)
    try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { room in
      var (filled, isFirst) = (0, true)
      while let count = try read(
        into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]),
        afterSome: filled > 0)
      {
        filled += count
        guard isFirst || count == 0 || filled == room.count else { continue }
        isFirst = false
        try sink(UnsafeRawBufferPointer(rebasing: room[..<filled]))
        filled = 0
      }
      if filled > 0 { try sink(UnsafeRawBufferPointer(rebasing: room[..<filled])) }
    }
  }

  /// Reads what there is, or will be.
  ///
  /// - Parameter afterSome: whether it is only waited for a moment.
  /// - Returns: 0 after that moment; nil at the end.
  private func read(into room: UnsafeMutableRawBufferPointer, afterSome: Bool) throws -> Int? {
    var hasPaused = false
    while true {
      let count = Glibc.read(output.rawValue, room.baseAddress, room.count)
      if count >= 0 { return count == 0 ? nil : count }
      switch errno {
      case EAGAIN where !afterSome:
        var list = [pollfd(fd: output.rawValue, events: Int16(POLLIN), revents: 0)]
        poll(&list, 1, -1)
      case EAGAIN where hasPaused: return 0
      case EAGAIN:
        usleep(Self.pause)
        hasPaused = true
      case EINTR: continue
      default: throw Errno(rawValue: errno)
      }
    }
  }
}
