import Foundation
import HTTP
import SystemPackage

/// An authority, what it vouches for and what it does not, made once for all tests of a run.
struct Certificates: Sendable {
  let directory: ScratchDirectory

  static let shared = Swift.Result { try Certificates() }

  private init() throws {
    directory = try ScratchDirectory()
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-ec", Self.script]
    process.currentDirectoryURL = URL(filePath: directory.path.string)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
  }

  func file(_ name: String) -> FilePath { directory.path.appending(name) }

  /// What a client of this authority shows, by the name of its certificate.
  func files(authority: String? = "ca.crt", client: String? = "client") -> TLSFiles {
    TLSFiles(
      authority: authority.map(file), certificate: client.map { file($0 + ".crt") },
      key: client.map { file($0 + ".key") })
  }

  private static let script = #"""
    authority() {
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
        -subj "/CN=$1" -keyout $1.key -out $1.crt \
        -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
    }
    certificate() {
      openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout $1.key -out $1.csr
      printf "subjectAltName=$4\nextendedKeyUsage=$5\n" > $1.ext
      openssl x509 -req -in $1.csr -CA $2.crt -CAkey $2.key -CAcreateserial -days $3 \
        -out $1.crt -extfile $1.ext
    }
    authority ca
    authority other
    certificate server ca 30 DNS:localhost,IP:127.0.0.1 serverAuth
    certificate elsewhere ca 30 DNS:elsewhere.test serverAuth
    certificate expired ca -1 DNS:localhost,IP:127.0.0.1 serverAuth
    certificate client ca 30 DNS:client clientAuth
    certificate stranger other 30 DNS:stranger clientAuth
    echo nonsense > nonsense.crt
    echo nonsense > nonsense.key
    """#
}
