import Foundation
import SystemPackage

/// A web server of the test's own, good and bad: `Tests/Servers/web.py` says which path does what.
///
/// It ends with this object.
package final class TestWeb: Sendable {
  /// `127.0.0.1:PORT`.
  package let address: String

  /// The user and password of `/private`, as a URL has them.
  package static let user = "ada:pa%2Fss%20w0rd"

  private let process: RunningCommand

  /// - Parameters:
  ///   - file: what `/file` is.
  ///   - certificate: with a key, the server speaks TLS.
  package init(
    serving file: FilePath, certificate: FilePath? = nil, key: FilePath? = nil
  ) async throws {
    let files = [file, certificate, key].compactMap { $0?.string }
    process = try RunningCommand(
      ["/usr/bin/python3", Project.root.pushing("Tests/Servers/web.py").string] + files,
      timeLimit: .seconds(24 * 3600))
    let port = try await process.output { $0.hasSuffix("\n") }
    address = "127.0.0.1:" + port.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The URL of a path.
  package func url(_ path: String, user: String? = nil) -> String {
    "http://" + (user.map { "\($0)@" } ?? "") + address + path
  }
}
