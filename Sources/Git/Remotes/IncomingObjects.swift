import Glibc
import SystemPackage

/// A folder for a pack on its way into a repository: what is cut short never stands among the packs.
///
/// Git has one for what is pushed to it (git-receive-pack(1), "Quarantine Environment"), and `git gc`
/// removes what is left of those.
struct IncomingObjects {
  /// What the names of such folders begin with.
  private static let prefix = "tmp_objdir-incoming-"
  private let objects: FilePath
  private let folder: FilePath

  init(of repository: FilePath) throws {
    objects = repository.appending("objects")
    var template = Array(objects.appending(Self.prefix + "XXXXXX").string.utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
    folder = FilePath(
      String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
    mkdir(folder.appending("pack").string, 0o700)
  }

  /// What makes git write there, and read what the repository has.
  var environment: [String: String] {
    // A list, in which a path may be quoted as in C (git(1)).
    var quoted = ""
    for character in objects.string {
      quoted +=
        character == "\n" ? "\\n" : "\"\\".contains(character) ? "\\\(character)" : "\(character)"
    }
    return [
      "GIT_OBJECT_DIRECTORY": folder.string, "GIT_ALTERNATE_OBJECT_DIRECTORIES": "\"\(quoted)\"",
    ]
  }

  /// Moves a pack among those of the repository; its index comes last, because git knows it by that.
  ///
  /// - Returns: whether it was not there yet.
  func adopt(_ pack: String) throws -> Bool {
    let packs = objects.appending("pack")
    guard access(packs.appending(pack + ".idx").string, F_OK) != 0 else { return false }
    mkdir(packs.string, 0o777)
    for suffix in [".keep", ".pack", ".rev", ".idx"] {
      let file = folder.appending("pack").appending(pack + suffix)
      guard rename(file.string, packs.appending(pack + suffix).string) != 0 else { continue }
      // Only newer versions of git write a reverse index by themselves.
      guard errno == ENOENT, suffix == ".rev" else { throw Errno(rawValue: errno) }
    }
    return true
  }

  /// Removes it with what is left in it.
  func remove() {
    for place in [folder.appending("pack"), folder] {
      guard let stream = opendir(place.string) else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        unlink(place.appending(name).string)
      }
      rmdir(place.string)
    }
  }
}
