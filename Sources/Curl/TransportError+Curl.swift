import CCurl
import Glibc
import HTTP

/// What libcurl and the system say of a transfer that failed.
struct CurlFailure {
  var code: CURLcode
  /// The errno of the last failed system call, 0 for none.
  var systemError: Int32 = 0
  /// The status with which a proxy answered a CONNECT, 0 for none.
  var connectStatus = 0
  /// libcurl's own words.
  var text: String = ""
}

extension TransportError {
  /// Says what a failure of libcurl means for the user of an endpoint.
  init(_ failure: CurlFailure, at endpoint: HTTPEndpoint, limits: HTTPTimeLimits) {
    let (code, message) = Self.meaning(of: failure, at: endpoint, limits: limits)
    self.init(code, message, underlying: failure.text.isEmpty ? nil : failure.text)
  }

  private static func meaning(
    of failure: CurlFailure, at endpoint: HTTPEndpoint, limits: HTTPTimeLimits
  ) -> (Code, String) {
    let name = endpoint.name
    switch failure.connectStatus {
    case 0, 200..<300: break
    case 407: return proxyAuthentication
    case let status: return (.other, "the proxy does not lead to \(name): it answered \(status)")
    }
    switch failure.code {
    case CURLE_COULDNT_CONNECT: return connecting(failure.systemError, endpoint)
    case CURLE_COULDNT_RESOLVE_HOST: return (.unknownHost, "the host of \(name) is not known")
    case CURLE_COULDNT_RESOLVE_PROXY: return (.unknownHost, "the host of the proxy is not known")
    case CURLE_OPERATION_TIMEDOUT:
      return (.connectTimeout, "no connection to \(name) within \(limits.connect)")
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR:
      return (.untrustedEngine, "the certificate of \(name) is not trusted")
    case CURLE_SSL_CLIENTCERT:
      return (.clientCertificate, "\(name) did not accept the client certificate")
    case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE:
      return (.certificateFile, "a certificate or key for \(name) cannot be used")
    case CURLE_SSL_CONNECT_ERROR, CURLE_RECV_ERROR, CURLE_SEND_ERROR:
      return moving(failure, endpoint)
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_FAIL_REWIND, CURLE_ABORTED_BY_CALLBACK:
      return (.lost, "the connection to \(name) was lost")
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING,
      CURLE_WRITE_ERROR:
      return (.malformed, "the answer of \(name) is not HTTP")
    default: return (.other, "the exchange with \(name) failed")
    }
  }

  private static var proxyAuthentication: (Code, String) {
    (.proxyAuthentication, "the proxy wants to know who asks")
  }

  /// A connection that did not come to be, by its errno (connect(2), unix(7)).
  private static func connecting(_ error: Int32, _ endpoint: HTTPEndpoint) -> (Code, String) {
    let name = endpoint.name
    switch (error, endpoint) {
    case (ENOENT, .unix), (ENOTDIR, .unix): return (.noSocket, "there is no socket at \(name)")
    case (EACCES, _), (EPERM, _): return (.permissionDenied, "\(name) may not be opened")
    case (ETIMEDOUT, _), (0, .unix): return (.connectTimeout, "no connection to \(name)")
    case (ECONNREFUSED, _): return (.refused, "nothing listens at \(name)")
    default: return (.other, "no connection to \(name)")
    }
  }

  /// A handshake or a connection that broke.
  private static func moving(_ failure: CurlFailure, _ endpoint: HTTPEndpoint) -> (Code, String) {
    let name = endpoint.name
    if let files = endpoint.tls, let error = OpenSSLError(in: failure.text) {
      if error.isClientCertificateAlert {
        return (.clientCertificate, "\(name) did not accept the client certificate")
      }
      // Before TLS 1.3 no alert says that a certificate is missing (RFC 5246, 7.4.6).
      if error.isHandshakeFailure, files.certificate == nil {
        return (.clientCertificate, "\(name) seems to want a client certificate")
      }
      if error.isNoTLS { return (.tlsMismatch, "\(name) does not speak TLS") }
      if failure.code == CURLE_SSL_CONNECT_ERROR, !error.isEndOfFile {
        return (.other, "the TLS handshake with \(name) failed")
      }
    }
    // Without an errno the bytes came and made no sense: a chunk without its length.
    if failure.code == CURLE_RECV_ERROR, failure.systemError == 0, endpoint.tls == nil {
      return (.malformed, "the answer of \(name) is not HTTP")
    }
    return (.lost, "the connection to \(name) was lost")
  }
}

extension TransportError {
  /// Bytes that came where a status line should be: a TLS alert (RFC 8446, 5.1) or anything.
  static func noHTTP(_ bytes: UnsafeRawBufferPointer, from endpoint: HTTPEndpoint)
    -> TransportError
  {
    if endpoint.isPlainTCP, bytes.count >= 2, bytes[0] == 0x15, bytes[1] == 0x03 {
      return plainToTLS(endpoint)
    }
    return TransportError(.malformed, "the answer of \(endpoint.name) is not HTTP", underlying: nil)
  }

  static func plainToTLS(_ endpoint: HTTPEndpoint) -> TransportError {
    TransportError(.tlsMismatch, "\(endpoint.name) speaks TLS", underlying: nil)
  }

  static func idle(_ endpoint: HTTPEndpoint, _ limit: Duration) -> TransportError {
    TransportError(.idleTimeout, "\(endpoint.name) was silent for \(limit)", underlying: nil)
  }

  static func lost(_ endpoint: HTTPEndpoint) -> TransportError {
    TransportError(.lost, "the connection to \(endpoint.name) was lost", underlying: nil)
  }

  static func late(_ endpoint: HTTPEndpoint, _ limit: Duration) -> TransportError {
    TransportError(
      .timeLimit, "the exchange with \(endpoint.name) was not over within \(limit)",
      underlying: nil)
  }

  static func cancelled(_ endpoint: HTTPEndpoint) -> TransportError {
    TransportError(.cancelled, "the exchange with \(endpoint.name) was cancelled", underlying: nil)
  }

  static func unusable(_ message: String) -> TransportError {
    TransportError(.other, message, underlying: nil)
  }
}
