import Glibc
import SystemPackage

/// A small program that is given a little to read and whose answer is read whole.
package enum ChildProcess {
  private static let outputLimit = 1 << 20

  /// What a program left.
  package struct Answer: Sendable {
    /// The exit status; 128 and the signal's number after a signal.
    package let status: Int32
    package let output: [UInt8]

    /// What it wrote to standard error; nil where that was this process's own.
    package let errors: String?
  }

  /// Runs a program to its end; it blocks.
  ///
  /// - Parameters:
  ///   - arguments: the path of the program first.
  ///   - keepsErrors: whether its standard error is kept, rather than this process's own.
  /// - Throws: `Errno`.
  package static func run(
    _ arguments: [String], environment: [String: String], input: [UInt8],
    keepsErrors: Bool = false
  ) throws -> Answer {
    let stdin = try ScratchFile()
    defer { withExtendedLifetime(stdin) {} }
    _ = try stdin.file.writeAll(input)
    try stdin.file.seek(offset: 0, from: .start)
    let stdout = try FileDescriptor.pipe(options: .closeOnExec)
    defer { try? stdout.readEnd.close() }
    guard keepsErrors else {
      return try run(arguments, environment, stdin.file, stdout, error: nil)
    }
    let stderr = try ScratchFile()
    defer { withExtendedLifetime(stderr) {} }
    return try run(arguments, environment, stdin.file, stdout, error: stderr.file)
  }

  private static func run(
    _ arguments: [String], _ environment: [String: String],
    _ stdin: FileDescriptor,
    _ stdout: (readEnd: FileDescriptor, writeEnd: FileDescriptor), error: FileDescriptor?
  ) throws -> Answer {
    let process = try stdout.writeEnd.closeAfter {
      try SpawnedProcess(
        arguments, environment: environment, input: stdin, output: stdout.writeEnd,
        error: error)
    }
    let output = Result { try readAll(stdout.readEnd) }
    let status = try process.wait()
    return Answer(status: status, output: try output.get(), errors: try error.map(readBack))
  }

  /// The text that a program left in a file.
  package static func contents(of file: ScratchFile) throws -> String { try readBack(file.file) }

  private static func readBack(_ file: FileDescriptor) throws -> String {
    try file.seek(offset: 0, from: .start)
    return String(decoding: try readAll(file), as: UTF8.self)
  }

  private static func readAll(_ file: FileDescriptor) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
      if count == 0 { return bytes }
      bytes += chunk.prefix(count)
      guard bytes.count <= outputLimit else { throw Errno.fileTooLarge }
    }
  }
}
