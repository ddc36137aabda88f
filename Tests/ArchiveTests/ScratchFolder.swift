import Foundation
import SystemPackage

@testable import Archive

/// A folder that is removed with its last reference.
final class ScratchFolder: Sendable {
  let path: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "archive-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = FilePath(url.path)
  }

  deinit {
    _ = try? Shell.run("/bin/sh", "-c", "chmod -R u+rwx \"$0\"; rm -rf \"$0\"", path.string)
  }

  /// Runs a script of the shell in the folder.
  func make(_ script: String) throws {
    _ = try Shell.run("/bin/bash", "-euc", "cd \"$0\"; umask 022; \(script)", path.string)
  }
}

/// Other programs, to the end.
enum Shell {
  struct Failure: Error { let status: Int32, output: String }

  @discardableResult
  static func run(
    _ program: String, _ arguments: String..., environment: [String: String] = [:]
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(status: process.terminationStatus, output: output)
    }
    return output
  }
}

/// The facts of a tar's entries, one line each, as Python's tarfile reads them.
enum TarListing {
  private static let script = """
    import hashlib, sys, tarfile
    with tarfile.open(sys.argv[1], errors="surrogateescape") as tar:
        while True:
            try: m = tar.next()
            except tarfile.ReadError:
                # Docker leaves out the padding of the last file when it has changed an archive.
                if sys.argv[2] != "loosely": raise
                break
            if m is None: break
            data = tar.extractfile(m).read() if m.isreg() else b""
            print(ascii(m.name), m.type.decode(), oct(m.mode & 0o7777), m.uid, m.gid,
                  ascii(m.linkname), m.size, int(m.mtime), m.devmajor, m.devminor,
                  hashlib.sha256(data).hexdigest()[:8])
    """

  static func lines(of tar: FilePath, loosely: Bool = false) throws -> [String] {
    try Shell.run("/usr/bin/python3", "-c", script, tar.string, loosely ? "loosely" : "strictly")
      .split(separator: "\n").map(String.init)
  }

  static func names(of tar: FilePath) throws -> [String] {
    try lines(of: tar).map { String($0.split(separator: "'")[0]) }
  }
}

extension TarStream {
  /// Every byte.
  func collect() async throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let chunk = try await next() { bytes += chunk }
    return bytes
  }
}

extension ScratchFolder {
  /// Writes the tar beside, and lists the names in it.
  func names(of context: BuildContext) async throws -> [String] {
    try await names(of: context.tar())
  }

  func names(of tar: TarStream) async throws -> [String] {
    try TarListing.names(of: try await file(of: tar))
  }

  /// Writes the bytes to a new file of this folder.
  func file(of tar: TarStream) async throws -> FilePath {
    let file = path.appending("\(UUID()).tar")
    try Data(try await tar.collect()).write(to: URL(filePath: file.string))
    return file
  }
}
