import Canonical
import Git
import HTTP
import History
import SystemPackage

/// A server of large content, asked by the batch API of Git LFS.
///
/// It runs on a thread of its own, because whoever knows a password may ask the user for it.
actor ContentServer {
  private let executor = BlockingExecutor(label: "smartcontainers.lfs")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// How a server is found and who it is told that we are.
  struct Setup: Sendable {
    let endpoint: ContentEndpoint

    /// The remote's name.
    let remote: String

    /// The repository's own address, whose password counts for a server of the same origin.
    let repository: String
    let settings: [GitSetting]
    let places: ClientPlaces
    let gitFolder: FilePath

    /// How long a server may be silent.
    let limit: Duration
  }

  nonisolated let transports: ContentTransports
  private let setup: Setup
  private let direction: ContentDirection
  private var access: ContentAccess?
  private var credentials: CredentialSource?

  /// The most bytes of an answer.
  private static let answerLimit = 16 << 20
  private static let redirectLimit = 10

  init(_ setup: Setup, _ direction: ContentDirection) {
    self.setup = setup
    self.direction = direction
    transports = ContentTransports(
      setup.settings, of: setup.remote, setup.places, limit: setup.limit)
  }

  /// Asks what is to be done with objects, at most `BatchRequest.objectLimit` of them.
  func plans(
    for objects: [LargeContent], of reference: String
  ) async throws -> [LargeContent: BatchResponse.Plan] {
    let request = BatchRequest(direction: direction, objects: objects, reference: reference)
    let bytes = try await ask("/objects/batch", request.json)
    return try BatchResponse(parsing: bytes, to: request).plans
  }

  /// The credentials that a server is shown without having asked: those of the batch API for what
  /// has the same origin.
  func authorization(for address: WebAddress) -> String? {
    guard let own = access?.address, own.hasSameOrigin(as: address) else { return nil }
    return credentials?.current?.authorization
  }

  /// The header fields that the user's configuration adds to each request to the server itself.
  func ownHeaders(for address: WebAddress) -> HTTPHeaders {
    guard let own = access?.address, own.hasSameOrigin(as: address) else { return [:] }
    return transports.settings(for: address).headers
  }

  private func ask(_ path: String, _ json: JSONValue) async throws -> [UInt8] {
    var access = try currentAccess()
    var isRenewed = false
    for _ in 0...Self.redirectLimit {
      let (response, body) = try await send(path, json, to: access)
      switch response.status {
      case 200..<300:
        try credentials?.approve()
        return body
      case 301, 302, 303, 307, 308: access = try moved(response, path, from: access)
      case 401:
        if case .ssh = setup.endpoint, !isRenewed {
          isRenewed = true
          self.access = nil
          access = try currentAccess()
        } else if try credentials?.next(for: access.address) != true {
          throw refusal(response, body, access)
        }
      default: throw refusal(response, body, access)
      }
    }
    throw ContentError(.refused, "\(access.address.shown) leads from one place to the next")
  }

  private func refusal(
    _ response: HTTPResponse, _ body: [UInt8], _ access: ContentAccess
  ) -> ContentError {
    let error = ContentError(
      status: response.status, headers: response.headers, body: body, isBatch: true)
    return ContentError(
      error.kind,
      error.kind == .noServer
        ? "there is no Git LFS server at \(access.address.shown) (\(response.status))"
        : "\(access.address.shown): \(error.message)", pause: error.pause)
  }

  private func send(
    _ path: String, _ json: JSONValue, to access: ContentAccess
  ) async throws -> (HTTPResponse, [UInt8]) {
    let settings = transports.settings(for: access.address)
    var request = HTTPRequest(
      method: "POST", target: settings.target(of: access.address, path),
      headers: settings.headers, body: .bytes(json.bytes()), limits: settings.limits)
    request.headers["Accept"] = BatchRequest.mediaType
    request.headers["Content-Type"] = BatchRequest.mediaType
    request.headers["Authorization"] =
      credentials?.current?.authorization ?? request.headers["Authorization"]
    for (name, value) in access.headers.fields { request.headers[name] = value }
    do {
      return try await transports.transport(to: access.address).withResponse(to: request) {
        ($0, try await $0.body.collect(upTo: Self.answerLimit))
      }
    } catch let error as TransportError where error.code != .cancelled {
      throw ContentError(error, at: access.address)
    }
  }

  /// Goes to where a redirect leads; what is asked later is asked there.
  private func moved(
    _ response: HTTPResponse, _ path: String, from access: ContentAccess
  ) throws -> ContentAccess {
    guard let place = response.headers["Location"],
      let next = try? access.address.resolving(place), next.target.hasSuffix(path),
      access.address.scheme == .http || next.scheme == .https,
      let address = try? WebAddress(String(next.text.dropLast(path.utf8.count)))
    else {
      throw ContentError(.refused, "\(access.address.shown) leads to what is no Git LFS server")
    }
    let isSame = address.hasSameOrigin(as: access.address)
    // Whoever is led elsewhere takes no password along.
    if !isSame { credentials?.forget() }
    let moved = ContentAccess(
      address: address, headers: isSame ? access.headers : [:], end: access.end)
    self.access = moved
    return moved
  }

  private func currentAccess() throws -> ContentAccess {
    if let access, access.isFresh { return access }
    let access = try makeAccess()
    self.access = access
    if credentials == nil { credentials = makeCredentials(for: access.address) }
    return access
  }

  private func makeAccess() throws -> ContentAccess {
    switch setup.endpoint {
    case .web(let address): return ContentAccess(address: address, headers: [:], end: nil)
    case .ssh(let address, let fallback):
      let connector = DirectConnector(
        to: address, setup.settings, environment: setup.places.environment, limit: setup.limit,
        isCancelled: { Task.isCancelled })
      do {
        return try ContentAccess(
          parsing: connector.output(of: "git-lfs-authenticate", [direction.rawValue]),
          fallback: fallback)
      } catch let error as GitRemoteError where error.code == .missingProgram {
        throw ContentError(.noServer, "there is no git-lfs-authenticate on the remote's machine")
      }
    case .folder: throw ContentError(.noServer, "a folder is not asked by the batch API")
    }
  }

  private func makeCredentials(for address: WebAddress) -> CredentialSource {
    let netrc = setup.places.home.flatMap { try? TextFile.read($0.appending(".netrc")) }
    var known = address
    if address.userInformation == nil, let own = try? WebAddress(setup.repository),
      own.hasSameOrigin(as: address)
    {
      known = own
    }
    return CredentialSource(
      for: known, netrc: netrc, environment: setup.places.environment,
      gitFolder: setup.gitFolder)
  }
}
