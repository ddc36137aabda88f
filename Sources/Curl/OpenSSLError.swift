/// The code that OpenSSL puts before its own words: `error:0A00045C:SSL routines::…`.
///
/// libcurl hands on no TLS alert but in this form. Only the packed number is read, never the
/// words (openssl/err.h: the library from bit 23 on, the reason below).
struct OpenSSLError: Equatable {
  /// The reason within the library for TLS; from 1000 on, 1000 and the number of an alert that
  /// the other side sent (openssl/sslerr.h).
  let reason: Int

  /// Reads the first code in libcurl's message; nil where there is none of the TLS library.
  init?(in message: String) {
    let parts = message.split(separator: ":", omittingEmptySubsequences: false)
    for (label, code) in zip(parts, parts.dropFirst()) where label.hasSuffix("error") {
      guard code.utf8.count == 8, let packed = Int(code, radix: 16), packed >> 23 == 20 else {
        continue
      }
      reason = packed & 0x7F_FFFF
      return
    }
    return nil
  }

  /// Whether the other side refused our certificate or missed one.
  ///
  /// The alerts 42 to 46, 48, 49 and 116 of RFC 8446, 6.2.
  var isClientCertificateAlert: Bool {
    [1042, 1043, 1044, 1045, 1046, 1048, 1049, 1116].contains(reason)
  }

  /// Whether what came in place of a handshake is no TLS record: wrong version number (267),
  /// HTTP request (156), packet length too long (198), unknown protocol (252), and bad record
  /// type (443).
  var isNoTLS: Bool { [267, 156, 198, 252, 443].contains(reason) }

  /// Whether the other side found nothing to agree on (alert 40).
  var isHandshakeFailure: Bool { reason == 1040 }

  /// Whether the connection ended without a goodbye.
  var isEndOfFile: Bool { reason == 294 }
}
