import Foundation
import SystemPackage

/// Where the project's own files are while its tests run.
package enum Project {
  /// The folder of `Package.swift`.
  package static let root = FilePath(#filePath)
    .removingLastComponent().removingLastComponent().removingLastComponent()

  /// A Python with rdflib and pyld, which `make test` sets up; nil where that was not run.
  package static var python: FilePath? {
    let path = root.pushing(".build/venv/bin/python3")
    return FileManager.default.isExecutableFile(atPath: path.string) ? path : nil
  }

  /// A Python environment with a Git LFS server, which `make test` sets up; nil where that was not
  /// run.
  package static var lfsEnvironment: FilePath? {
    let named = ProcessInfo.processInfo.environment["LFS_VENV"].map { FilePath($0) }
    let path = named ?? root.pushing(".build/lfs-venv")
    return FileManager.default.fileExists(atPath: path.appending("ready").string) ? path : nil
  }

  /// An executable that was built together with these tests, such as `sc`.
  ///
  /// SwiftPM puts the tests' own executable beside the products. `SC_UNDER_TEST` names another
  /// `sc`, such as the one that `make release` builds with other libraries.
  package static func executable(_ name: String) throws -> FilePath {
    if name == "sc", let other = ProcessInfo.processInfo.environment["SC_UNDER_TEST"] {
      return FilePath(other)
    }
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let path = FilePath(tests).removingLastComponent().appending(name)
    guard FileManager.default.isExecutableFile(atPath: path.string) else {
      throw CommandError(call: "executable", message: "\(path) is not built: swift build")
    }
    return path
  }
}
