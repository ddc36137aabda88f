import Canonical
import Foundation
import SystemPackage
import TestSupport

extension Workbench {
  /// Commits a pointer as Git LFS makes one, and puts its bytes beside the history.
  ///
  /// - Returns: the pointer's path.
  @discardableResult
  func keep(_ bytes: [UInt8], isHere: Bool = true) async throws -> String {
    try await keep([bytes], isHere: isHere)[0]
  }

  /// Commits pointers, all at once.
  @discardableResult
  func keep(_ contents: [[UInt8]], isHere: Bool = true) async throws -> [String] {
    let names = contents.map { SHA256Digest(of: $0).hexadecimal }
    let lines = zip(names, contents).map { name, bytes in
      """
      printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:%s\\nsize %s\\n' \
        \(name) \(bytes.count) | add \(Self.pointerPath(of: name))
      """
    }
    let script = """
      set -e
      export GIT_DIR=\(history) GIT_INDEX_FILE=\(folder.path)/index
      export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@x
      git read-tree main
      add() { git update-index --add --cacheinfo "100644,$(git hash-object -w --stdin),$1"; }
      \(lines.joined(separator: "\n"))
      echo '*.tar filter=lfs diff=lfs merge=lfs -text' | add content/.gitattributes
      git update-ref refs/heads/main \
        "$(git commit-tree -p main -m 'keep' "$(git write-tree)")"
      """
    try await Command.check(["bash", "-c", script])
    if isHere {
      for bytes in contents { try put(bytes) }
    }
    return names.map(Self.pointerPath)
  }

  private static func pointerPath(of name: String) -> String {
    "content/\(name.prefix(2))/\(name).tar"
  }

  /// Puts bytes beside the history, as those of another object where a name is given.
  func put(_ bytes: [UInt8], as name: String? = nil) throws {
    let name = name ?? SHA256Digest(of: bytes).hexadecimal
    let object = Self.object(name, of: history)
    try FileManager.default.createDirectory(
      atPath: object.removingLastComponent().string, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: object.string))
  }

  /// Where a repository has an object.
  static func object(_ name: String, of repository: FilePath) -> FilePath {
    repository.pushing(
      FilePath("lfs/objects/\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)"))
  }

  /// Whether a repository has those bytes where they belong.
  static func has(_ bytes: [UInt8], in repository: FilePath) -> Bool {
    isFile(object(SHA256Digest(of: bytes).hexadecimal, of: repository).string, bytes)
  }

  static func isFile(_ path: String, _ bytes: [UInt8]) -> Bool {
    FileManager.default.contents(atPath: path).map { Array($0) == bytes } ?? false
  }

  /// The names of the files that are on their way in.
  var incoming: [String] {
    let path = history.pushing("lfs/incoming").string
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// Sets something in git's configuration.
  func configure(_ arguments: String...) async throws {
    try await Command.check(["git", "--git-dir", history.string, "config"] + arguments)
  }
}
