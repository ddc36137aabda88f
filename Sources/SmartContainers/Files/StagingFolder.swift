import Glibc
import SystemPackage

/// A folder beside the place where files are to be, in which they arrive.
struct StagingFolder: Sendable {
  /// What its name begins with.
  static let prefix = ".sc-outputs-"

  private let folder: LockedFolder
  private let hint: String

  /// Makes it, and the folder that it is in where that is missing.
  ///
  /// - Parameter hint: what to do when it, or what arrives, cannot be used.
  /// - Throws: `SmartContainersError`.
  init(in parent: FilePath, hint: String) throws(SmartContainersError) {
    Self.make(parent)
    LockedFolder.sweep(parent, prefix: Self.prefix)
    guard let folder = LockedFolder(in: parent, prefix: Self.prefix) else {
      throw SmartContainersError(
        .failed, "\(parent) cannot be written to: \(Errno(rawValue: errno))", hint: hint)
    }
    self.hint = hint
    self.folder = folder
  }

  var path: FilePath { folder.path }

  /// Makes a folder where it is missing; what fails shows when something is to be in it.
  private static func make(_ folder: FilePath) {
    guard mkdir(folder.string, 0o777) != 0, errno == ENOENT, folder.lastComponent != nil else {
      return
    }
    make(folder.removingLastComponent())
    mkdir(folder.string, 0o777)
  }

  /// The names of what arrived.
  func names() throws(SmartContainersError) -> [String] { try names(in: path) }

  /// Moves one file of it to a path, in folders that are made where they are missing.
  static func move(_ file: FilePath, to target: FilePath) throws(SmartContainersError) {
    make(target.removingLastComponent())
    guard rename(file.string, target.string) == 0 else {
      throw SmartContainersError(
        .failed, "\(target) cannot be written: \(Errno(rawValue: errno))")
    }
  }

  /// Moves everything to that folder: what is there of the same name is replaced, folders are
  /// joined.
  func moveAll(to folder: FilePath) throws(SmartContainersError) {
    for name in try names() { try move(name, from: path, to: folder) }
  }

  /// Removes it with what is left in it.
  func remove() { folder.remove() }

  private func move(
    _ name: String, from source: FilePath, to target: FilePath
  ) throws(SmartContainersError) {
    let (old, new) = (source.appending(name), target.appending(name))
    let isJoined = Self.isFolder(old) && Self.isFolder(new)
    if isJoined {
      for inner in try names(in: old) { try move(inner, from: old, to: new) }
    } else if rename(old.string, new.string) != 0 {
      throw SmartContainersError(
        .failed, "\(new) cannot be written: \(Errno(rawValue: errno))", hint: hint)
    }
  }

  /// Whether a folder itself is there, and no link to one.
  private static func isFolder(_ path: FilePath) -> Bool {
    var status = stat()
    return lstat(path.string, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private func names(in folder: FilePath) throws(SmartContainersError) -> [String] {
    guard let stream = opendir(folder.string) else {
      throw SmartContainersError(
        .failed, "\(folder) cannot be read: \(Errno(rawValue: errno))")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(validatingCString: $0)
        }
      }
      guard let name else {
        throw SmartContainersError(
          .failed, "an output has a name that is not UTF-8", hint: hint)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
