import SystemPackage

/// Where an engine listens.
public enum HTTPEndpoint: Sendable, Equatable {
  /// A unix socket, by its path.
  case unix(FilePath)

  /// A TCP port, with TLS where files for it are given.
  case tcp(host: String, port: Int, tls: TLSFiles?)
}

/// The PEM files of a TLS connection with client certificates.
public struct TLSFiles: Sendable, Equatable {
  /// The certificates of the authorities that may vouch for the engine; nil for the system's.
  public var authority: FilePath?

  /// Our own certificate; nil to show none.
  public var certificate: FilePath?

  /// The private key of our certificate.
  public var key: FilePath?

  /// Whether the engine's certificate is checked: `docker --tls` against `--tlsverify`.
  public var isVerifying: Bool

  public init(
    authority: FilePath?, certificate: FilePath?, key: FilePath?, isVerifying: Bool = true
  ) {
    self.authority = authority
    self.certificate = certificate
    self.key = key
    self.isVerifying = isVerifying
  }
}
