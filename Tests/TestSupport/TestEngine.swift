import Foundation
import SystemPackage

/// A private container engine that ends with the test process, however that ends.
///
/// A script of `Tests/Servers` runs it until its standard input, a pipe from here, is closed.
/// Nothing outside can be reached from it.
package final class TestEngine: Sendable {
  /// Where it listens: `unix://…`, or `tcp://…` when it demands certificates.
  package let host: String

  /// Its unix socket.
  package let socket: FilePath

  /// The folder of its client's certificates; nil where it demands none.
  private let certificates: FilePath?

  private let process: RunningCommand

  private init(
    _ kind: EngineKind, certificates: FilePath?, folder: FilePath? = nil
  ) async throws {
    if let unavailable = Self.unavailable(kind) {
      throw CommandError(call: kind.rawValue, message: unavailable)
    }
    let folder = try folder ?? TemporaryFolder.make()
    let script = Project.root.pushing("Tests/Servers").appending(kind.script)
    let certificates = try certificates ?? (kind == .dockerOverTLS ? TemporaryFolder.make() : nil)
    self.certificates = certificates
    let options = certificates.map { ["--tls", $0.string] } ?? []
    process = try RunningCommand(
      [script.string] + options + [folder.string], timeLimit: .seconds(24 * 3600))
    host = try await process.output { $0.hasSuffix("\n") }
      .trimmingCharacters(in: .whitespacesAndNewlines)
    socket = folder.appending("docker.sock")
  }

  /// What tells a client where it is: `DOCKER_HOST`, and the certificates where it demands them.
  package var variables: [String: String] {
    ["DOCKER_HOST": host].merging(
      certificates.map { ["DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": $0.string] } ?? [:]
    ) { $1 }
  }

  private static let starting = Task { try await TestEngine(.current, certificates: nil) }

  /// The engine that the tests of this process share; the first call starts it.
  ///
  /// Tests run at once and name what they make so that no other test has the same name.
  package static func shared() async throws -> TestEngine {
    try await starting.value
  }

  /// Runs a test with an engine of its own: one that it ends, or that demands certificates.
  ///
  /// The engine is of the kind of the shared one where no kind is given, and with certificates
  /// always dockerd.
  ///
  /// - Parameters:
  ///   - certificates: A new folder for `ca.pem`, `cert.pem` and `key.pem`, and in `stranger` those
  ///     of another authority; the engine then listens on TCP, too.
  ///   - folder: A folder that is not there yet, for all that the engine keeps.
  package static func with<Value>(
    kind: EngineKind = .current, certificates: FilePath? = nil, in folder: FilePath? = nil,
    _ body: (TestEngine) async throws -> Value
  ) async throws -> Value {
    let kind = certificates == nil ? kind : .dockerOverTLS
    let engine = try await TestEngine(kind, certificates: certificates, folder: folder)
    do {
      let value = try await body(engine)
      try await engine.stop()
      return value
    } catch {
      try await engine.stop()
      throw error
    }
  }

  /// Ends the engine, its containers, mounts and folder, and waits until they are gone.
  ///
  /// Only for an engine of one's own.
  package func stop() async throws {
    process.closeInput()
    let result = try await process.result()
    guard result.status == 0 else {
      throw CommandError(call: "engine.sh", message: "status \(result.status): \(result.error)")
    }
  }
}

extension TestEngine {
  /// Whether tests with an engine run: `@Test(.enabled(if: TestEngine.isAvailable))`.
  ///
  /// Where `CI` is set they always run, and fail where an engine cannot be started.
  package static let isAvailable =
    unavailable(.current) == nil || ProcessInfo.processInfo.environment["CI"] != nil

  /// Why no engine of a kind can be started here; nil when one can.
  private static func unavailable(_ kind: EngineKind) -> String? {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let folders = places.map(String.init) + ["/usr/local/sbin", "/usr/sbin", "/sbin"]
    let isInstalled = { (tool: String) in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
    }
    guard kind.needs.tools.allSatisfy(isInstalled) else { return kind.needs.hint }
    guard geteuid() == 0 || mayBecomeRoot() else {
      return "an engine needs root: run as root, or allow sudo without a password"
    }
    return nil
  }

  private static func mayBecomeRoot() -> Bool {
    system("sudo -n true >/dev/null 2>&1") == 0
  }
}

extension TestEngine {
  /// Makes an image of busybox under a name that no other test has, and gives that name.
  ///
  /// - Parameters:
  ///   - changes: Instructions of a Dockerfile after `CMD ["/bin/sh"]`, such as `ENV MODE=draft`.
  ///   - randomByteCount: So many bytes that no other image has, in place of busybox.
  package func image(
    _ name: String = "busybox", changes: [String] = [], randomByteCount: Int? = nil
  ) async throws -> String {
    let reference = "\(name)-\(UInt32.random(in: 0...UInt32.max)):latest"
    let archive =
      if let randomByteCount {
        try await Self.archive(ofRandomBytes: randomByteCount)
      } else {
        try await Self.rootFileSystem.value
      }
    // Of images that are the same to the last byte podman loses names when they come at once.
    var query = "fromSrc=-&repo=\(reference.dropLast(7))&tag=latest&message=\(reference)"
    for change in ["CMD [\"/bin/sh\"]"] + changes {
      let value = change.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
      query += "&changes=\(value)"
    }
    let answer = try await Command.check(
      [
        "curl", "--silent", "--show-error", "--unix-socket", socket.string, "--data-binary", "@-",
        "--header", "Content-Type: application/x-tar", "http://engine/images/create?\(query)",
      ], input: archive)
    guard answer.contains("\"status\":\"sha256:") else {
      throw CommandError(call: "POST /images/create", message: answer)
    }
    return reference
  }

  /// A folder with busybox, as a layer of images: for `COPY rootfs /` in a Dockerfile.
  package static func makeRootFileSystem(in folder: FilePath) async throws {
    try await Command.check([
      Project.root.pushing("Tests/Servers/rootfs.sh").string, folder.string,
    ])
  }

  private static func archive(ofRandomBytes count: Int) async throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let archive = try await Command.run(
      ["sh", "-c", "head -c \(count) /dev/urandom >data && tar -c data"], in: folder.path)
    guard archive.status == 0 else { throw CommandError(call: "tar", message: archive.error) }
    return archive.outputBytes
  }

  private static let rootFileSystem = Task {
    let folder = try TemporaryFolder()
    let root = folder.path.appending("rootfs")
    try await makeRootFileSystem(in: root)
    let archive = try await Command.run(["tar", "--sort=name", "-C", root.string, "-c", "."])
    guard archive.status == 0 else { throw CommandError(call: "tar", message: archive.error) }
    return archive.outputBytes
  }
}
