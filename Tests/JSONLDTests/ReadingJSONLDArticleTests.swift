import Foundation
import SystemPackage
import TestSupport
import Testing

/// The article for other projects, against the example and the modules.
struct ReadingJSONLDArticleTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: Project.root.appending(path).string, encoding: .utf8)
  }

  /// The Swift code of the article, a block each.
  private static var blocks: [String] {
    get throws {
      try text("Sources/SmartContainers/SmartContainers.docc/ReadingJSONLD.md")
        .matches(of: /(?s)```swift\n(.*?)```/).map { String($0.1) }
    }
  }

  /// The errors of a program that sees the modules as another project does.
  private func compilerErrors(in program: String) async throws -> String {
    let modules = Project.root.appending(".build/debug/Modules").string
    return try await Command.run(
      ["swiftc", "-typecheck", "-swift-version", "6", "-I", modules, "-"],
      input: program.utf8
    ).error
  }

  @Test func theProgramIsTheExample() async throws {
    let program = try Self.text("Examples/NQuads/Sources/NQuads/main.swift")
    #expect(try Self.blocks.first == program)
    #expect(program.split(separator: "\n").count <= 10)
    #expect(try await compilerErrors(in: program) == "")
  }

  @Test func theManifestIsTheExamples() throws {
    let squeezed = { (text: String) in text.filter { !$0.isWhitespace } }
    let manifest = squeezed(try Self.text("Examples/NQuads/Package.swift"))
    #expect(manifest.contains(squeezed(try Self.blocks[1])))
  }

  @Test func theLoaderCompiles() async throws {
    let beginning = """
      import Foundation
      import JSONLD
      let document: JSON = [:]
      let contexts: [String: [UInt8]] = [:]

      """
    let loader = try Self.blocks[2]
    #expect(try await compilerErrors(in: beginning + loader) == "")
    let broken = loader.replacing("document:", with: "documents:")
    #expect(try await compilerErrors(in: beginning + broken).contains("error:"))
  }
}
