import Canonical
import DockerEngine
import Glibc
import HTTP
import Provenance
import SystemPackage

/// What a history's private folder has of the engine at an endpoint.
///
/// It saves a question and nothing depends on it: where the file cannot be read, believed or
/// written, the engine is asked.
struct EngineMemory: Sendable {
  private let file: FilePath
  private let endpoint: HTTPEndpoint
  private let place: KnownEngine.Place
  private let openedAt = SystemClock.secondsSinceBoot()

  /// What an earlier process heard, if it may still be so.
  private let recollection: KnownEngine?

  /// - Returns: nil where one engine cannot be told from another.
  init?(of endpoint: HTTPEndpoint, in history: FilePath) {
    guard let socket = EngineSocket(at: endpoint),
      let bootID = try? TextFile.read("/proc/sys/kernel/random/boot_id", limit: 1 << 10)
    else { return nil }
    file = history.appending("sc").appending("engine")
    self.endpoint = endpoint
    place = KnownEngine.Place(socket: socket, bootID: bootID)
    recollection = Self.read(file).flatMap { [place, openedAt] in
      $0.isPlausible(at: place, openedAt) ? $0 : nil
    }
  }

  /// Whether the greeting is likely to tell which engine it is.
  var isPromising: Bool { recollection != nil }

  /// The engine that greeted so; nil when it must be asked.
  func agent(after greeting: EngineGreeting) -> EngineAgent? {
    // The socket that is there after the greeting was there before it, and brought it.
    guard let recollection, recollection.greeting == greeting,
      EngineSocket(at: endpoint) == place.socket
    else { return nil }
    return recollection.agent
  }

  /// Keeps what the engine that greeted so said of itself.
  func keep(_ agent: EngineAgent, after greeting: EngineGreeting) async {
    // Only a server that names its version shows its upgrade.
    guard greeting.server != nil else { return }
    let known = KnownEngine(place: place, greeting: greeting, agent: agent, askedAt: openedAt)
    try? await BlockingWork.run { [file] in try Self.write(known, to: file) }
  }
}

extension EngineMemory {
  private static let limit = 1 << 14

  private static func read(_ path: FilePath) -> KnownEngine? {
    // Opening a pipe would wait for its other end.
    guard
      let file = try? FileDescriptor.open(
        path, .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
    else { return nil }
    defer { close(file.rawValue) }
    var status = stat()
    guard fstat(file.rawValue, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid(), status.st_mode & 0o022 == 0, status.st_size <= limit
    else { return nil }
    let bytes = try? [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    return bytes.flatMap { try? JSONValue(parsing: $0) }.flatMap { try? KnownEngine(json: $0) }
  }

  /// Replaces the file as a whole. It is not synced: half a file is no JSON.
  private static func write(_ known: KnownEngine, to path: FilePath) throws {
    let draft = path.removingLastComponent()
      .appending(".engine.\(getpid()).\(UInt32.random(in: .min ... .max)).tmp")
    let file = try FileDescriptor.open(
      draft, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
      permissions: [.ownerReadWrite])
    do {
      try file.closeAfter { _ = try file.writeAll(known.json.bytes() + [0x0A]) }
      guard rename(draft.string, path.string) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      unlink(draft.string)
      throw error
    }
  }
}
