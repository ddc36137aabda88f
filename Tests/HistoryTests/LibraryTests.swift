import Foundation
import History
import TestSupport
import Testing

@Suite struct LibraryTests {
  /// libgit2 refers to this function by name; the dynamic linker must find the executable's.
  @Test func keepsLibgit2FromReadingAuthorities() async throws {
    let scratch = try Scratch()
    _ = try scratch.makeHistory()
    let sc = try Project.executable("sc").string
    var environment = ProcessInfo.processInfo.environment
    environment["LD_DEBUG"] = "bindings"
    let result = try await Command.run(
      [sc, "--sc-dir", scratch.history.string, "log"], environment: environment)
    let binding = result.error.split(separator: "\n").first {
      $0.contains("libgit2") && $0.contains("mbedtls_x509_crt_parse_file'")
    }
    #expect(try #require(binding).contains("to \(sc)"))
  }
}
