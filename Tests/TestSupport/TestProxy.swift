import Foundation
import SystemPackage

/// An HTTP proxy of the test's own: `Tests/Servers/proxy.py`.
///
/// It ends with this object.
package final class TestProxy: Sendable {
  /// `http://127.0.0.1:PORT`, with the user and the password that it wants.
  package let url: String

  /// The same without them.
  package let bareURL: String

  private let folder: TemporaryFolder
  private let process: RunningCommand

  /// - Parameter password: what the user `ada` has to know; nil for a proxy for everybody.
  package init(password: String? = nil) async throws {
    folder = try TemporaryFolder()
    process = try RunningCommand(
      [
        "/usr/bin/python3", Project.root.pushing("Tests/Servers/proxy.py").string,
        folder.path.appending("log").string,
      ] + (password.map { ["ada:\($0)"] } ?? []))
    let place = try await process.output { $0.hasSuffix("\n") }
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let encoded = password?.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
    url = "http://" + (encoded.map { "ada:\($0)@" } ?? "") + place
    bareURL = "http://" + place
  }

  /// What was asked of it since this was called last, a line for each request.
  package func requests() throws -> [String] {
    let log = folder.path.appending("log").string
    let text = try String(contentsOfFile: log, encoding: .utf8)
    guard truncate(log, 0) == 0 else { throw CommandError.system("truncate", errno) }
    return text.split(separator: "\n").map(String.init)
  }
}
