import Curl
import Git
import HTTP
import SystemPackage

/// Connects to a remote over HTTP, by git's "smart" protocol (gitprotocol-http(5)).
///
/// libgit2's own transport cannot do what git's users expect of one: TLS 1.3 alone, authorities and
/// proxies of git's configuration, time limits.
final class WebConnector: GitConnector {
  let isStateless = true

  /// What git's configuration says of the place where the remote is.
  private var settings: WebSettings
  private let makeSettings: (WebAddress) -> WebSettings
  private let credentials: CredentialSource
  private let spoolFolder: FilePath
  private let isCancelled: () -> Bool

  /// Where the remote is; a redirect of the first request moves it.
  private var address: WebAddress
  private var transport: CurlTransport

  private static let redirectLimit = 10

  /// - Parameter spoolFolder: where what is sent waits in a file without a name.
  init(
    to address: WebAddress, _ makeSettings: @escaping (WebAddress) -> WebSettings,
    credentials: CredentialSource, spoolFolder: FilePath, isCancelled: @escaping () -> Bool
  ) {
    self.address = address
    self.makeSettings = makeSettings
    settings = makeSettings(address)
    self.credentials = credentials
    self.spoolFolder = spoolFolder
    self.isCancelled = isCancelled
    transport = settings.client.transport(to: address)
  }

  func connect(_ service: GitService, isAdvertising: Bool) throws -> any GitConnection {
    if isAdvertising {
      return WebAnswer(
        try advertise(service), of: address, isCancelled)
    }
    return WebExchange(spool: try Spool(in: spoolFolder)) { [unowned self] spool in
      WebAnswer(try ask(service, spool), of: address, isCancelled)
    }
  }

  private func advertise(_ service: GitService) throws -> BlockingResponse {
    for _ in 0...Self.redirectLimit {
      let target = settings.target(of: address, "/info/refs?service=\(service.rawValue)")
      let response = try authorized { authorization in
        var request = HTTPRequest(
          method: "GET", target: target, headers: settings.headers, limits: settings.limits)
        request.headers["Accept"] = "*/*"
        // An old answer is of no use.
        request.headers["Pragma"] = "no-cache"
        if let authorization { request.headers["Authorization"] = authorization }
        return request
      }
      if [301, 302, 303, 307, 308].contains(response.head.status) {
        try move(to: response, asking: service)
        continue
      }
      let kind = response.head.headers["Content-Type"]
      guard kind == "application/x-\(service.rawValue)-advertisement" else {
        response.close()
        throw GitRemoteError(
          .notFound, "\(address.shown) is no git repository that can be reached over HTTP")
      }
      return response
    }
    throw GitRemoteError(.refused, "\(address.shown) leads from one place to the next")
  }

  /// Goes to where a redirect leads; what is asked later is asked there.
  private func move(to response: BlockingResponse, asking service: GitService) throws {
    defer { response.close() }
    let suffix = "/info/refs?service=\(service.rawValue)"
    guard let place = response.head.headers["Location"] else {
      throw GitRemoteError(.refused, "\(address.shown) is elsewhere, and does not say where")
    }
    let next: WebAddress
    do throws(WebError) {
      next = try address.resolving(place)
    } catch {
      throw GitRemoteError(.refused, error.message)
    }
    guard next.target.hasSuffix(suffix),
      let moved = try? WebAddress(String(next.text.dropLast(suffix.count)))
    else {
      throw GitRemoteError(.refused, "\(address.shown) leads to what is no git repository")
    }
    // Whoever is led elsewhere takes no password along.
    if !moved.hasSameOrigin(as: address) { credentials.forget() }
    address = moved
    settings = makeSettings(moved)
    transport = settings.client.transport(to: moved)
  }

  private func ask(_ service: GitService, _ spool: Spool) throws -> BlockingResponse {
    let response = try authorized { authorization in
      var request = HTTPRequest(
        method: "POST", target: settings.target(of: address, "/\(service.rawValue)"),
        headers: settings.headers, body: spool.body(), limits: settings.limits)
      request.headers["Content-Type"] = "application/x-\(service.rawValue)-request"
      request.headers["Accept"] = "application/x-\(service.rawValue)-result"
      if let authorization { request.headers["Authorization"] = authorization }
      return request
    }
    let kind = response.head.headers["Content-Type"]
    guard kind == "application/x-\(service.rawValue)-result" else {
      response.close()
      throw GitRemoteError(.refused, "the answer of \(address.shown) is not git's")
    }
    return response
  }

  /// Sends a request, with other credentials as long as the server wants them and there are some.
  private func authorized(
    _ makeRequest: (_ authorization: String?) throws -> HTTPRequest
  ) throws -> BlockingResponse {
    while true {
      let response: BlockingResponse
      do {
        response = try BlockingResponse(
          to: try makeRequest(credentials.current?.authorization), over: transport, isCancelled)
      } catch let error as TransportError {
        throw GitRemoteError(error, at: address)
      }
      switch response.head.status {
      case 200:
        try credentials.approve()
        return response
      case 301, 302, 303, 307, 308: return response
      case 401:
        response.close()
        guard try credentials.next(for: address) else {
          throw GitRemoteError(
            .authentication,
            credentials.current == nil
              ? "\(address.shown) wants to know who asks"
              : "\(address.shown) does not take the name and password that it was shown",
            said: response.head.headers["WWW-Authenticate"])
        }
      default: throw Self.refusal(response, address)
      }
    }
  }

  private static func refusal(
    _ response: BlockingResponse, _ address: WebAddress
  ) -> GitRemoteError {
    response.close()
    let status = response.head.status
    switch status {
    case 403: return GitRemoteError(.authentication, "\(address.shown) lets you not do that")
    case 407:
      return GitRemoteError(
        .authentication, "\(address.shown): the proxy wants to know who asks")
    case 404, 410: return GitRemoteError(.notFound, "there is no repository at \(address.shown)")
    default:
      return GitRemoteError(.refused, "\(address.shown) answered with status \(status)")
    }
  }
}

extension GitRemoteError {
  /// Says what became of a request.
  init(_ error: TransportError, at address: WebAddress) {
    let code: Code =
      switch error.code {
      case .refused, .unknownHost, .connectTimeout, .permissionDenied: .unreachable
      case .untrustedEngine, .clientCertificate, .tlsMismatch, .certificateFile: .untrusted
      case .proxyAuthentication: .authentication
      case .idleTimeout, .timeLimit: .silent
      case .cancelled: .cancelled
      default: .cutShort
      }
    self.init(code, "\(address.shown): \(error.message)", said: error.underlying)
  }
}

/// What is sent, and then the answer to it: a request in the protocol is whole before it is sent.
private final class WebExchange: GitConnection {
  private let spool: Spool
  private let ask: (Spool) throws -> WebAnswer
  private var answer: WebAnswer?

  init(spool: Spool, ask: @escaping (Spool) throws -> WebAnswer) {
    self.spool = spool
    self.ask = ask
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws { try spool.append(bytes) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let answer = try answer ?? ask(spool)
    self.answer = answer
    return try answer.read(into: buffer)
  }

  func close() { answer?.close() }
}

/// The answer to a request.
private final class WebAnswer: GitConnection {
  private let response: BlockingResponse
  private let address: WebAddress
  private let isCancelled: () -> Bool
  private var chunk: ArraySlice<UInt8> = []

  init(
    _ response: BlockingResponse, of address: WebAddress, _ isCancelled: @escaping () -> Bool
  ) {
    self.response = response
    self.address = address
    self.isCancelled = isCancelled
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if chunk.isEmpty {
      do {
        guard let next = try response.next(isCancelled) else { return 0 }
        chunk = next[...]
      } catch let error as TransportError {
        throw GitRemoteError(error, at: address)
      }
    }
    let count = min(buffer.count, chunk.count)
    buffer.copyBytes(from: chunk.prefix(count))
    chunk = chunk.dropFirst(count)
    return count
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    throw GitRemoteError(.refused, "nothing is sent to \(address.shown) there")
  }

  func close() { response.close() }
}
