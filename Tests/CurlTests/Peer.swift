import Foundation
import HTTP
import SystemPackage

@testable import Curl

/// A server of the test's own, which ends with this object.
final class Peer: Sendable {
  let endpoint: HTTPEndpoint
  let directory: ScratchDirectory
  private let process: Process
  private let input = Pipe()

  /// Starts a server and waits until it listens.
  init(_ options: [String: String] = [:], isUnix: Bool = true, tls: TLSFiles? = nil) throws {
    directory = try ScratchDirectory()
    let socket = directory.path.appending("s")
    var options = options
    if isUnix { options["unix"] = socket.string }
    let output = Pipe()
    process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      "-c", peerScript, String(decoding: try JSONEncoder().encode(options), as: UTF8.self),
    ]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
    endpoint = isUnix ? .unix(socket) : .tcp(host: "127.0.0.1", port: port, tls: tls)
  }

  /// Closing its input alone would end the server only when no other child of this process has
  /// inherited the pipe meanwhile.
  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// The address, seen with other TLS files.
  func endpoint(host: String = "127.0.0.1", tls: TLSFiles?) -> HTTPEndpoint {
    guard case .tcp(_, let port, _) = endpoint else { return endpoint }
    return .tcp(host: host, port: port, tls: tls)
  }

  func transport() -> CurlTransport { CurlTransport(endpoint: endpoint, userAgent: "test/1") }

  /// Waits on a connection of its own until the server knows that, and says how much.
  func fact(_ key: String, atLeast least: Int = 1) async throws -> Int {
    Int(try await transport().text(.get("/fact?\(key),\(least)"))) ?? -1
  }

  func release(_ key: String) async throws {
    _ = try await transport().text(.get("/release?\(key)"))
  }
}

/// A folder that goes with this object.
final class ScratchDirectory: Sendable {
  let path: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "curl-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = FilePath(url.path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }
}

extension HTTPRequest {
  static func get(_ target: String, limits: HTTPTimeLimits = .default) -> HTTPRequest {
    HTTPRequest(method: "GET", target: target, limits: limits)
  }

  static func post(_ target: String, _ body: HTTPRequestBody) -> HTTPRequest {
    HTTPRequest(method: "POST", target: target, body: body)
  }
}

extension CurlTransport {
  /// The whole body of the answer.
  func text(_ request: HTTPRequest) async throws -> String {
    try await withResponse(to: request) {
      String(decoding: try await $0.body.collect(), as: UTF8.self)
    }
  }

  /// The code with which a request fails, or what it was answered.
  func failure(_ request: HTTPRequest) async -> TransportError.Code? {
    do {
      _ = try await text(request)
      return nil
    } catch {
      return (error as? TransportError)?.code
    }
  }
}
