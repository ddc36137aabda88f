import Glibc
import SmartContainers
import SystemPackage

/// Where an archive goes: a file, which is there whole or not at all, or standard output.
struct ArchiveOutput {
  private let file: FileDescriptor
  private let draft: FilePath?
  private let path: FilePath?
  private let progress: AmountDisplay

  /// - Parameter path: nil for standard output, which may not be a terminal.
  init(_ path: FilePath?, _ terminal: Terminal) throws(UsageError) {
    self.path = path
    progress = AmountDisplay(terminal, isWanted: true)
    guard let path else {
      guard !terminal.isInteractive else {
        throw UsageError("an archive is not written to a terminal; use -o FILE or redirect it")
      }
      (file, draft) = (.standardOutput, nil)
      return
    }
    try Self.requireReplaceable(path)
    let draft = FilePath("\(path).\(UInt32.random(in: .min ... .max)).partial")
    do {
      file = try FileDescriptor.open(
        draft, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite])
    } catch {
      throw UsageError("\(path) cannot be made: \(error)")
    }
    self.draft = draft
  }

  /// Refuses what would be gone for good: a device, a pipe or a link, as docker's client does.
  private static func requireReplaceable(_ path: FilePath) throws(UsageError) {
    var status = Glibc.stat()
    guard lstat(path.string, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
    throw UsageError("\(path) is no regular file; name another one, or redirect standard output")
  }

  /// Writes all that comes. The file gets its name when everything is there.
  func write(_ body: some AsyncSequence<[UInt8], any Error>) async throws {
    defer { progress.finish() }
    do {
      for try await chunk in body {
        if draft == nil {
          try Terminal.write(chunk, to: STDOUT_FILENO)
        } else {
          _ = try file.writeAll(chunk)
        }
        progress.add(chunk.count)
      }
    } catch let error as Errno {
      throw SmartContainersError(
        .failed, "\(path.map(\.string) ?? "standard output") cannot be written: \(error)")
    }
  }

  /// Writes bytes that are at hand.
  func write(_ bytes: [UInt8]) throws {
    do {
      _ = try file.writeAll(bytes)
    } catch {
      throw SmartContainersError(
        .failed, "\(path.map(\.string) ?? "standard output") cannot be written: \(error)")
    }
  }

  /// Ends the writing.
  ///
  /// - Parameter isWhole: whether the archive is kept.
  func close(isWhole: Bool) throws {
    guard let draft, let path else { return }
    try? file.close()
    guard isWhole else {
      unlink(draft.string)
      return
    }
    guard rename(draft.string, path.string) == 0 else {
      let error = Errno(rawValue: errno)
      unlink(draft.string)
      throw SmartContainersError(.failed, "\(path) cannot be made: \(error)")
    }
  }
}

extension Invocation {
  /// Writes an archive that leaves the engine to a file or to standard output.
  func writeArchive(
    to path: String?, of subject: OperationSubject? = nil,
    _ copy: (Client, ArchiveOutput) async throws -> Void
  ) async throws {
    let output = try ArchiveOutput(path.map(absolute), terminal)
    do {
      try await withClient(for: subject) { client in try await copy(client, output) }
    } catch let error as SmartContainersError
      where [.notYetCommitted, .notKept].contains(error.code)
    {
      try output.close(isWhole: true)
      throw error
    } catch {
      try output.close(isWhole: false)
      throw error
    }
    try output.close(isWhole: true)
  }

  /// The archive in a file, or on standard input for nil and `-`.
  func archive(_ name: String?) throws -> ArchiveSource {
    guard let name, name != "-" else {
      guard isatty(STDIN_FILENO) == 0 else {
        throw UsageError("an archive is not read from a terminal; name a file or pipe it")
      }
      let input = try FileSource(.standardInput)
      return .standardInput { try await input.next() }
    }
    let path = absolute(name)
    guard access(path.string, R_OK) == 0 else {
      throw UsageError("\(name) cannot be read: \(Errno(rawValue: errno))")
    }
    return .file(path)
  }
}
