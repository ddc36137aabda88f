import Foundation
import TestSupport
import Testing

struct ArchitectureTests {
  private static let sources = URL(filePath: Project.root.string).appending(path: "Sources")

  /// The modules that are there: the folders of Sources, but for the C libraries' maps.
  private static var modules: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: sources.path)
        .filter { $0 != "System" && !$0.hasPrefix(".") && !$0.hasSuffix(".docc") }
    }
  }

  private static func files(of module: String, ending suffixes: [String]) throws -> [URL] {
    let folder = sources.appending(path: module)
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { path in suffixes.contains { path.hasSuffix($0) } }
      .map { folder.appending(path: $0) }
  }

  @Test func everyFileKeepsToItsModule() throws {
    var count = 0
    for module in try Self.modules {
      for file in try Self.files(of: module, ending: [".swift"]) {
        count += 1
        let source = try String(contentsOf: file, encoding: .utf8)
        for offence in Architecture.offences(in: source, of: module) {
          Issue.record("\(file.path): \(offence)")
        }
      }
    }
    #expect(count > 10, "no sources were found under \(Self.sources.path)")
  }

  @Test func everyModuleHasARowAndEveryRowAModule() throws {
    #expect(try Set(Self.modules) == Set(Architecture.rooms.map(\.module)))
  }

  @Test func arrowsPointDown() {
    var above: Set<String> = []
    let modules = Set(Architecture.rooms.map(\.module))
    for room in Architecture.rooms {
      let own = room.imports.intersection(modules)
      #expect(own.isSubset(of: above), "\(room.module) points up or at itself")
      above.insert(room.module)
    }
  }

  @Test func thePackageDeclaresNoOtherArrows() throws {
    let manifest = try String(
      contentsOfFile: Project.root.appending("Package.swift").string, encoding: .utf8)
    let declared = Self.dependencies(in: SourceScanner.tokens(of: manifest))
    #expect(declared["SmartContainers"]?.contains("History") == true, "the manifest was not read")
    for (module, dependencies) in declared {
      let room = try #require(Architecture.rooms.first { $0.module == module })
      #expect(dependencies.isSubset(of: room.imports), "\(module) may not depend on all of these")
    }
  }

  /// The dependencies of the manifest's calls `module("Name", [dependency, …])`.
  private static func dependencies(in tokens: [SourceToken]) -> [String: Set<String>] {
    let products = [
      "crypto": "Crypto", "cryptoExtras": "CryptoExtras", "system": "SystemPackage",
    ]
    var dependencies: [String: Set<String>] = [:]
    for index in tokens.indices.dropLast(2)
    where tokens[index].word == "module" && tokens[index + 1].isSign("(") {
      guard case .literal(let module) = tokens[index + 2].kind else { continue }
      dependencies[module] = []
      for token in tokens[(index + 3)...].prefix(while: { !$0.isSign(")") && !$0.isSign("]") }) {
        if case .literal(let name) = token.kind { dependencies[module]?.insert(name) }
        if let word = token.word { dependencies[module]?.insert(products[word] ?? word) }
      }
    }
    return dependencies
  }

  /// A shim passes calls on, loads its library, and nothing else: it keeps no memory, opens no
  /// files and moves no bytes. What bounds a library's memory can be nothing but C.
  @Test func shimsContainNoLogic() throws {
    let loader: Set = ["<dlfcn.h>", "<pthread.h>", "<stdbool.h>", "<stddef.h>"]
    for module in ["CCurl", "CGit2", "CArchive"] {
      for file in try Self.files(of: module, ending: [".c"])
      where file.lastPathComponent != "Allocator.c" {
        let source = try String(contentsOf: file, encoding: .utf8)
        let included = source.split(separator: "\n").filter { $0.hasPrefix("#include ") }
          .map { String($0.dropFirst("#include ".count)) }
        let others = Set(included).subtracting(loader).subtracting(["\"\(module).h\""])
        #expect(others.isEmpty, "\(file.path) includes \(others.sorted())")
      }
      #expect(try Self.files(of: module, ending: [".swift"]).isEmpty)
    }
  }
}
