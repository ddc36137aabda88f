import Curl
import HTTP

/// A request for one object's bytes, as the server's action has it.
struct ContentRequest: Sendable {
  private let action: TransferAction
  private let server: ContentServer
  private let isAuthenticated: Bool

  private static let redirectLimit = 10

  /// The most bytes of a server's own words.
  private static let answerLimit = 1 << 20

  init(_ action: TransferAction, of server: ContentServer, isAuthenticated: Bool) {
    self.action = action
    self.server = server
    self.isAuthenticated = isAuthenticated
  }

  /// Sends it, also to where redirects lead.
  ///
  /// - Parameters:
  ///   - begin: is called before the body is sent, for the first byte.
  ///   - headers: what is said where the action says nothing of it.
  ///   - handle: gets the response that is no redirect.
  /// - Throws: `ContentError`; what `begin`, the body or `handle` threw.
  func send(
    _ method: String, _ body: HTTPRequestBody, begin: @Sendable () async throws -> Void,
    headers: HTTPHeaders, _ handle: @Sendable (HTTPResponse) async throws -> Void
  ) async throws {
    var address = action.address
    for _ in 0...Self.redirectLimit {
      try await begin()
      let request = HTTPRequest(
        method: method, target: address.target, headers: await fields(at: address, headers),
        body: body, limits: server.transports.settings(for: address).limits)
      let place = address
      do {
        let next = try await server.transports.transport(to: address).withResponse(to: request) {
          response in
          if let next = try redirect(response, method, from: place) { return WebAddress?(next) }
          try await handle(response)
          return nil
        }
        guard let next else { return }
        address = next
      } catch let error as TransportError where error.code != .cancelled {
        throw ContentError(error, at: address)
      }
    }
    throw ContentError(.refused, "\(action.address.shown) leads from one place to the next")
  }

  /// The header fields at an address: who is led elsewhere takes no password along.
  private func fields(at address: WebAddress, _ headers: HTTPHeaders) async -> HTTPHeaders {
    var fields = await server.ownHeaders(for: address)
    if isAuthenticated {
      fields["Authorization"] = nil
    } else {
      fields["Authorization"] =
        await server.authorization(for: address) ?? fields["Authorization"]
    }
    let isElsewhere = !address.hasSameOrigin(as: action.address)
    for (name, value) in headers.fields + action.headers.fields {
      if isElsewhere, ["authorization", "cookie"].contains(name.lowercased()) { continue }
      fields[name] = value
    }
    return fields
  }

  private func redirect(
    _ response: HTTPResponse, _ method: String, from address: WebAddress
  ) throws(ContentError) -> WebAddress? {
    // What has a body goes elsewhere only where that is meant to get it, too.
    let codes = method == "GET" ? [301, 302, 303, 307, 308] : [307, 308]
    guard codes.contains(response.status) else { return nil }
    guard let place = response.headers["Location"], let next = try? address.resolving(place),
      address.scheme == .http || next.scheme == .https
    else {
      throw ContentError(.refused, "\(address.shown) leads to where nothing is fetched from")
    }
    return next
  }

  /// Reads a small answer to its end.
  ///
  /// - Throws: `ContentError` when its status is not among those.
  static func require(_ response: HTTPResponse, _ statuses: [Range<Int>]) async throws {
    let body = try await response.body.collect(upTo: answerLimit)
    guard !statuses.contains(where: { $0.contains(response.status) }) else { return }
    throw ContentError(
      status: response.status, headers: response.headers, body: body, isBatch: false)
  }
}
