import CCurl
import Glibc
import HTTP
import SystemPackage

extension Transfer {
  /// Bytes that one read from the socket may bring.
  private static let receiveBuffer = 64 << 10

  /// Bytes that one write to the socket may take.
  private static let sendBuffer = 256 << 10

  /// CURLAUTH_BASIC (curl/curl.h), which Swift does not see.
  private static let basicAuthentication = 1

  /// Sets everything but the callbacks.
  func configure() throws(TransportError) {
    try check(ccurl_set_buffer(easy, CURLOPT_ERRORBUFFER, words))
    try setAddress()
    try setConduct()
    try exchange.request.check()
    if exchange.request.upstream == nil {
      try setRequest()
    } else {
      try set(CURLOPT_CONNECT_ONLY, 1)
      try set(CURLOPT_FRESH_CONNECT, 1)
    }
    if let tls = exchange.endpoint.tls { try setTLS(tls) }
  }

  private func setAddress() throws(TransportError) {
    guard let url = exchange.endpoint.url else {
      throw TransportError.unusable("\(exchange.endpoint.name) is no host and port")
    }
    try set(CURLOPT_URL, exchange.proxy == nil ? url : url + exchange.request.target.dropFirst())
    guard case .unix(let path) = exchange.endpoint else { return }
    // sockaddr_un holds 107 bytes and their end (unix(7)).
    guard path.string.utf8.count <= 107 else {
      throw TransportError.unusable("the path \(path) is longer than the 107 bytes of a socket's")
    }
    try set(CURLOPT_UNIX_SOCKET_PATH, path.string)
  }

  private func setConduct() throws(TransportError) {
    try set(CURLOPT_USERAGENT, userAgent)
    try setProxy()
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_NOPROGRESS, 0)
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    try set(CURLOPT_TCP_KEEPALIVE, 1)
    try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    // Bytes without a status line come as a body, where the state tells TLS from nonsense.
    try set(CURLOPT_HTTP09_ALLOWED, 1)
    try set(CURLOPT_BUFFERSIZE, Self.receiveBuffer)
    try set(CURLOPT_UPLOAD_BUFFERSIZE, Self.sendBuffer)
    try set(CURLOPT_CONNECTTIMEOUT_MS, Int(exchange.request.limits.connect.milliseconds))
    // Removing a transfer must not wait for the resolver; since 7.87, and no loss before.
    _ = ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1)
  }

  /// No proxy but the one that is named, whatever the process's environment has.
  private func setProxy() throws(TransportError) {
    try set(CURLOPT_PROXY, exchange.proxy?.url ?? "")
    guard let proxy = exchange.proxy else { return }
    try set(CURLOPT_NOPROXY, proxy.exceptions)
    try set(CURLOPT_PATH_AS_IS, 1)
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // Without GSS-API, which may not be there: see Absent.c.
    try set(CURLOPT_SOCKS5_AUTH, Self.basicAuthentication)
  }

  private func setRequest() throws(TransportError) {
    let request = exchange.request
    // What a proxy gets is the whole URL, unless it is passed by: libcurl knows which.
    if exchange.proxy == nil { try set(CURLOPT_REQUEST_TARGET, request.target) }
    if request.method == "HEAD" {
      try set(CURLOPT_NOBODY, 1)
    } else if let length = bodyLength {
      try set(CURLOPT_UPLOAD, 1)
      try check(ccurl_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(length)))
    }
    try set(CURLOPT_CUSTOMREQUEST, request.method)
    // When a connection that was used before ends without an answer, libcurl sends the request
    // again on a new one, whatever its method (Curl_retry_request): the engine would do the same
    // thing twice, or a refusal of the second connection would pass for the first one's. What
    // changes something gets a connection of its own, on which that is never done.
    if !["GET", "HEAD"].contains(request.method) { try set(CURLOPT_FRESH_CONNECT, 1) }
    try setFields(request.headers)
  }

  /// The length of what is sent, -1 when it is not known, nil where the method sends nothing.
  private var bodyLength: Int64? {
    switch exchange.request.body {
    case .none: ["POST", "PUT", "PATCH"].contains(exchange.request.method) ? 0 : nil
    case .bytes(let bytes): Int64(bytes.count)
    case .stream(let length, _): length ?? -1
    }
  }

  private func setFields(_ headers: HTTPHeaders) throws(TransportError) {
    // Without a value a line removes what libcurl would add: the wait for "100 Continue" costs a
    // second with engines that do not say it.
    var fields = ["Expect:"]
    if headers["Accept"] == nil { fields.append("Accept:") }
    for (name, value) in headers.fields where !HTTPRequest.ownFields.contains(name.lowercased()) {
      fields.append(value.isEmpty ? "\(name);" : "\(name): \(value)")
    }
    for field in fields {
      guard let longer = ccurl_slist_append(lines, field) else {
        throw TransportError.unusable("there is no memory for a request")
      }
      lines = longer
    }
    try check(ccurl_set_list(easy, CURLOPT_HTTPHEADER, lines))
  }

  private func setTLS(_ tls: TLSFiles) throws(TransportError) {
    try set(CURLOPT_SSL_VERIFYPEER, tls.isVerifying ? 1 : 0)
    try set(CURLOPT_SSL_VERIFYHOST, tls.isVerifying ? 2 : 0)
    if let authority = tls.authority, tls.isVerifying {
      try set(CURLOPT_CAINFO, readable(authority))
      // The system's authorities do not vouch beside the one that is named.
      try check(ccurl_set_string(easy, CURLOPT_CAPATH, nil))
    }
    if let certificate = tls.certificate { try set(CURLOPT_SSLCERT, readable(certificate)) }
    if let key = tls.key { try set(CURLOPT_SSLKEY, readable(key)) }
  }

  private func readable(_ file: FilePath) throws(TransportError) -> String {
    guard access(file.string, R_OK) == 0 else {
      throw TransportError(
        .certificateFile, "the file \(file) cannot be read",
        underlying: String(cString: strerror(errno)))
    }
    return file.string
  }

  private func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
    try check(ccurl_set_long(easy, option, value))
  }

  private func set(_ option: CURLoption, _ value: String) throws(TransportError) {
    try check(ccurl_set_string(easy, option, value))
  }

  /// Throws what libcurl has against an option.
  func check(_ code: CURLcode) throws(TransportError) {
    guard code != CURLE_OK else { return }
    throw TransportError(
      .other, "libcurl refused an option", underlying: String(cString: ccurl_easy_strerror(code)))
  }
}
