import Foundation
import SystemPackage
import TestSupport

/// The conformance suite of BagIt, read where a copy of it lies beside the project.
///
/// Source: https://github.com/LibraryOfCongress/bagit-conformance-suite
enum BagSuite {
  struct Bag: Sendable, CustomStringConvertible {
    /// Such as `v0.97`.
    let version: String

    /// What it is there for: `valid`, `invalid`, `warning`, `linux-only`, `windows-only`.
    let kind: String
    let path: FilePath

    var name: String { path.lastComponent?.string ?? "" }
    var description: String { "\(version)/\(kind)/\(name)" }
  }

  static let bags: [Bag] = {
    let root = Project.root.removingLastComponent().pushing("shared/suites/bagit").string
    guard let versions = try? FileManager.default.contentsOfDirectory(atPath: root) else {
      return []
    }
    return versions.filter { $0.hasPrefix("v") }.sorted().flatMap { version in
      ["valid", "invalid", "warning", "linux-only", "windows-only"].flatMap { kind in
        let folder = "\(root)/\(version)/\(kind)"
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
          .filter { $0 != "Makefile" }
          .map { Bag(version: version, kind: kind, path: FilePath(folder).appending($0)) }
      }
    }
  }()
}
