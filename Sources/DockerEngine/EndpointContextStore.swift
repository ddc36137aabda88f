import Canonical
import HTTP
import SystemPackage

/// The contexts that `docker context create` keeps, each in a folder named by the SHA-256 of its
/// name.
struct EndpointContextStore: Sendable {
  private let folder: FilePath

  init(configurationFolder: FilePath) { folder = configurationFolder.appending("contexts") }

  /// Where a context's engine listens.
  ///
  /// - Throws: `EndpointError` of code `unknownContext` or `configuration`.
  func endpoint(of name: String) throws(EndpointError) -> HTTPEndpoint {
    let digest = SHA256Digest(of: name.utf8).hexadecimal
    let file = folder.appending("meta").appending(digest).appending("meta.json")
    guard let meta = try EndpointFile.read(file) else {
      throw EndpointError(
        .unknownContext, "there is no context '\(name)'",
        hint: "docker context ls lists those that are there")
    }
    guard let engine = meta["Endpoints"]?["docker"] else {
      throw EndpointError(
        .configuration, "the context '\(name)' says nothing of an engine",
        hint: "docker context update \(name) --docker host=… adds it")
    }
    let isSkipping = engine["SkipTLSVerify"]?.bool ?? false
    let tls = folder.appending("tls").appending(digest).appending("docker")
    return try EndpointAddress(engine["Host"]?.string ?? "").endpoint { () throws(EndpointError) in
      try self.files(in: tls, isVerifying: !isSkipping)
    }
  }

  /// What lies in the folder; nil when that is nothing and the engine is to be checked, which
  /// means no TLS.
  private func files(in folder: FilePath, isVerifying: Bool) throws(EndpointError) -> TLSFiles? {
    func present(_ name: String) -> FilePath? {
      let file = folder.appending(name)
      return EndpointFile.exists(file) ? file : nil
    }
    let files = TLSFiles(
      authority: present("ca.pem"), certificate: present("cert.pem"), key: present("key.pem"),
      isVerifying: isVerifying)
    let isEmpty = files.authority == nil && files.certificate == nil && files.key == nil
    return isEmpty && isVerifying ? nil : files
  }
}
