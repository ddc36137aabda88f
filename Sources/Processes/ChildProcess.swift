import Glibc
import SystemPackage

/// A small program that is given a little to read and whose answer is read whole.
package enum ChildProcess {
  /// What fits into a pipe that nobody reads yet (pipe(7)).
  private static let inputLimit = 65_536
  private static let outputLimit = 1 << 20

  /// Runs a program to its end; it blocks.
  ///
  /// - Parameter arguments: the path of the program first.
  /// - Returns: the exit status, 128 and the signal's number after a signal; standard output.
  /// - Throws: `Errno`.
  package static func run(
    _ arguments: [String], environment: [String: String], input: [UInt8]
  ) throws -> (status: Int32, output: [UInt8]) {
    guard input.count <= inputLimit else { throw Errno.argListTooLong }
    let stdin = try FileDescriptor.pipe(options: .closeOnExec)
    defer { try? stdin.readEnd.close() }
    // Written before there is a reader: a program that reads nothing breaks no pipe.
    try stdin.writeEnd.closeAfter { _ = try stdin.writeEnd.writeAll(input) }
    let stdout = try FileDescriptor.pipe(options: .closeOnExec)
    defer { try? stdout.readEnd.close() }
    let process = try stdout.writeEnd.closeAfter {
      try SpawnedProcess(
        arguments, environment: environment, input: stdin.readEnd, output: stdout.writeEnd)
    }
    let output = Result { try readAll(stdout.readEnd) }
    return (try process.wait(), try output.get())
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
