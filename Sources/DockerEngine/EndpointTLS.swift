import HTTP
import SystemPackage

/// The TLS that the environment asks for: `DOCKER_TLS`, `DOCKER_TLS_VERIFY` (any value but an
/// empty one) and `DOCKER_CERT_PATH`.
struct EndpointTLS: Sendable, Equatable {
  private let folder: FilePath
  private let isVerifying: Bool

  /// Nil when it asks for none.
  init?(environment: [String: String], configurationFolder: FilePath) {
    isVerifying = environment["DOCKER_TLS_VERIFY"]?.isEmpty == false
    guard isVerifying || environment["DOCKER_TLS"]?.isEmpty == false else { return nil }
    let path = environment["DOCKER_CERT_PATH"] ?? ""
    folder = path.isEmpty ? configurationFolder : FilePath(path)
  }

  /// The files in the folder: the authority's must be there, ours may.
  func files() throws(EndpointError) -> TLSFiles {
    let authority = folder.appending("ca.pem")
    guard EndpointFile.exists(authority) else {
      throw EndpointError(
        .certificateFile, "TLS is asked for, and '\(authority.string)' is not there",
        hint: "set DOCKER_CERT_PATH to the folder with ca.pem, cert.pem and key.pem")
    }
    func present(_ name: String) -> FilePath? {
      let file = folder.appending(name)
      return EndpointFile.exists(file) ? file : nil
    }
    return TLSFiles(
      authority: authority, certificate: present("cert.pem"), key: present("key.pem"),
      isVerifying: isVerifying)
  }
}
