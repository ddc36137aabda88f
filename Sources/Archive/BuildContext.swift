import Glibc
import SystemPackage

/// The folder that `docker build` sends to the engine, as a tar that streams.
///
/// `.dockerignore` in the folder says what stays out; for BuildKit that is
/// `<Dockerfile's name>.dockerignore` beside the Dockerfile, where there is one. The Dockerfile is
/// always sent. An engine's classic builder reads `.dockerignore`, too, and itself keeps from the
/// image what that names; BuildKit does not.
package struct BuildContext: Sendable {
  /// Where the Dockerfile is.
  package enum Dockerfile: Sendable {
    /// `Dockerfile` in the folder, or `dockerfile` when only that is there.
    case inFolder
    /// A file in the folder or outside; a relative path is one from the working directory.
    case file(FilePath)
    /// These bytes, as from standard input.
    case bytes([UInt8])
  }

  /// The `dockerfile` parameter of the build request: the Dockerfile's path in the context.
  package let dockerfile: String

  /// The folder, without links in its path.
  package let folder: FilePath

  /// Whether the Dockerfile is sent although it is ignored or lies elsewhere, to a builder that
  /// does not keep it from the image.
  package let exposesDockerfile: Bool

  private let rules: IgnoreRules
  private let overlay: [[UInt8]: [UInt8]]

  /// Finds the Dockerfile and reads the ignore file.
  ///
  /// - Parameter isForBuildKit: whether BuildKit is to build it, else the classic builder.
  /// - Throws: `ArchiveError` of code `notFound`, `unreadable`, `pattern` or `name`.
  package init(
    folder: FilePath, dockerfile: Dockerfile = .inFolder, isForBuildKit: Bool = false
  ) throws(ArchiveError) {
    let root = try Self.resolved(folder, "the build context")
    var status = stat()
    guard root.withPlatformString({ stat($0, &status) }) == 0,
      FileType(mode: status.st_mode) == .folder
    else {
      throw ArchiveError(
        .notFound, call: "stat", "the build context '\(folder.string)' is no folder")
    }
    self.folder = root
    let given: FilePath
    switch dockerfile {
    case .inFolder: given = Self.standardDockerfile(in: root)
    case .file(let path): given = path
    case .bytes(let bytes):
      rules = try Self.rules(from: [root.appending(".dockerignore")], isForBuildKit)
      (self.dockerfile, overlay) = try Self.overlay(of: bytes, in: root, isForBuildKit)
      exposesDockerfile = isForBuildKit
      return
    }
    let path = try Self.resolved(given, "the Dockerfile").bytes
    let own = given.appending(suffix: ".dockerignore")
    let rules = try Self.rules(
      from: (isForBuildKit ? [own] : []) + [root.appending(".dockerignore")], isForBuildKit)
    if let inside = Self.relative(path, to: root.bytes) {
      guard let name = String(validating: inside, as: UTF8.self) else {
        throw ArchiveError(
          .name, call: "BuildContext", "the Dockerfile's path '\(given.string)' is no UTF-8")
      }
      (self.dockerfile, self.rules, overlay) = (name, rules.keeping(inside), [:])
      exposesDockerfile = isForBuildKit && rules.excludes(inside)
    } else {
      guard let contents = try FileContents.read(given) else {
        throw ArchiveError("open", given.string, .noSuchFileOrDirectory, whileListed: true)
      }
      self.rules = rules
      (self.dockerfile, overlay) = try Self.overlay(of: contents, in: root, isForBuildKit)
      exposesDockerfile = isForBuildKit
    }
  }

  /// The tar of the context, from its start.
  ///
  /// - Parameter omits: whether a folder stays out whatever the ignore file says.
  package func tar(
    omits: @escaping @Sendable (FilePath) -> Bool = { _ in false }
  ) -> TarStream {
    let walk = FolderWalk(root: folder, rules: rules, overlay: overlay, omits: omits)
    return TarStream { (writer) throws(ArchiveError) in
      var walk = walk
      try walk.write(to: &writer)
    }
  }
}

extension BuildContext {
  private static func standardDockerfile(in root: FilePath) -> FilePath {
    let paths = ["Dockerfile", "dockerfile"].map { root.appending($0) }
    var status = stat()
    return paths.first { $0.withPlatformString { lstat($0, &status) } == 0 } ?? paths[0]
  }

  /// The rules of the first file that is there.
  private static func rules(
    from candidates: [FilePath], _ isForBuildKit: Bool
  ) throws(ArchiveError) -> IgnoreRules {
    for candidate in candidates {
      guard let file = try FileContents.read(candidate) else { continue }
      let rules = try IgnoreRules(parsing: file, named: candidate.string)
      return isForBuildKit ? rules : rules.keeping(Array(".dockerignore".utf8))
    }
    return IgnoreRules()
  }

  /// A Dockerfile from elsewhere under a name that nothing else has, and a `.dockerignore` that
  /// tells an engine that reads it to keep it from the image.
  ///
  /// The name depends on the contents only, so that the same build sends the same bytes.
  private static func overlay(
    of dockerfile: [UInt8], in root: FilePath, _ isForBuildKit: Bool
  ) throws(ArchiveError) -> (name: String, files: [[UInt8]: [UInt8]]) {
    // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
    var hash = dockerfile.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    var name: String
    var status = stat()
    repeat {
      let digits = String(hash, radix: 16)
      name = ".dockerfile." + String(repeating: "0", count: 16 - digits.count) + digits
      hash &+= 1
    } while root.appending(name).withPlatformString({ lstat($0, &status) }) == 0
    guard !isForBuildKit else { return (name, [Array(name.utf8): dockerfile]) }
    let ignoreFile = root.appending(".dockerignore")
    let ignored = try FileContents.read(ignoreFile) ?? Array(".dockerignore".utf8)
    return (
      name,
      [
        Array(name.utf8): dockerfile,
        Array(".dockerignore".utf8): ignored + Array("\n\(name)\n".utf8),
      ]
    )
  }

  private static func resolved(
    _ path: FilePath, _ what: String
  ) throws(ArchiveError) -> FilePath {
    guard let start = path.withPlatformString({ realpath($0, nil) }) else {
      let error = Errno(rawValue: errno)
      if error == .noSuchFileOrDirectory {
        throw ArchiveError(.notFound, call: "realpath", "\(what) '\(path.string)' was not found")
      }
      throw ArchiveError("realpath", path.string, error)
    }
    defer { free(start) }
    return FilePath(platformString: start)
  }

  /// The rest of `path` below `root`; nil when it is not below.
  private static func relative(_ path: [UInt8], to root: [UInt8]) -> [UInt8]? {
    let root = root == [UInt8(ascii: "/")] ? [] : root
    guard path.count > root.count + 1, PathBytes.contains(root, path) else { return nil }
    return Array(path.dropFirst(root.count + 1))
  }
}
