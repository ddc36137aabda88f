import Canonical
import Foundation
import SystemPackage

/// A configuration folder of Docker's command line, removed with its last reference.
final class EndpointTestFolder: Sendable {
  static let docker = ["/usr/bin/docker", "/usr/local/bin/docker"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  let path = FilePath(
    FileManager.default.temporaryDirectory.appending(path: "endpoint-\(UUID())").path)

  deinit { try? FileManager.default.removeItem(atPath: path.string) }

  func write(_ name: String, _ text: String) throws {
    let file = URL(filePath: path.appending(name).string)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  func write(context name: String, _ meta: String) throws {
    let digest = SHA256Digest(of: name.utf8).hexadecimal
    try write("contexts/meta/\(digest)/meta.json", meta)
  }

  @discardableResult
  func docker(_ arguments: String..., mustSucceed: Bool = true) throws -> String {
    try run(Self.docker ?? "", arguments, mustSucceed: mustSucceed)
  }

  /// Makes a certificate that vouches for itself; the bytes of the file.
  func makeAuthority(_ name: String) throws -> String {
    let file = path.appending(name).string
    try run(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-subj", "/CN=authority", "-days", "2", "-keyout", "/dev/null", "-out", file,
      ])
    return try String(contentsOfFile: file, encoding: .utf8)
  }

  @discardableResult
  private func run(
    _ program: String, _ arguments: [String], mustSucceed: Bool = true
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin", "DOCKER_CONFIG": path.string]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    struct Failure: Error { let output: String }
    if mustSucceed && process.terminationStatus != 0 { throw Failure(output: output) }
    return output
  }
}
