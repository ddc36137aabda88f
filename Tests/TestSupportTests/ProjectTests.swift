import Foundation
import TestSupport
import Testing

struct ProjectTests {
  @Test func findsTheManifestAndTheProducts() async throws {
    let manifest = Project.root.appending("Package.swift").string
    #expect(FileManager.default.fileExists(atPath: manifest))
    let help = try await Command.check([Project.executable("sc").string, "--help"])
    #expect(help.contains("Usage: sc"))
    #expect(throws: CommandError.self) { try Project.executable("no-such-product") }
  }
}
