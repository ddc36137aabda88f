/// Carries one request to an engine and its response back.
///
/// The recorder is a transport around another, so that everything that speaks to an engine can
/// be recorded in one place.
public protocol HTTPTransport: Sendable {
  /// Sends a request and hands over the response as soon as its header is there.
  ///
  /// The exchange lives as long as `handle`: when it returns or throws, a body that was not
  /// read to the end is abandoned and its connection closed. Cancelling the task abandons the
  /// exchange at once.
  ///
  /// - Throws: `TransportError`, what the request's own stream threw, or what `handle` threw.
  func withResponse<Result: Sendable>(
    to request: HTTPRequest, _ handle: (HTTPResponse) async throws -> Result
  ) async throws -> Result
}
