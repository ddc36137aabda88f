import Canonical
import Glibc
import SystemPackage

/// Docker's own configuration file, `config.json`, of which only what is asked for changes.
struct DockerConfiguration: Sendable {
  let path: FilePath

  /// What the file says; nothing when there is none.
  ///
  /// - Throws: `SmartContainersError` of code `failed` when it cannot be read or makes no sense.
  func read() throws(SmartContainersError) -> [String: JSONValue] {
    do {
      let text = try TextFile.read(path)
      guard text.utf8.contains(where: { $0 > 0x20 }) else { return [:] }
      guard case .object(let members) = try JSONValue(parsing: Array(text.utf8)) else {
        throw Errno.invalidArgument
      }
      return members
    } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
      return [:]
    } catch {
      throw SmartContainersError(
        .failed, "\(path) cannot be used: \(error)", hint: "Mend or remove it.", cause: error)
    }
  }

  /// Changes the file as a whole: a reader sees the old one or the new one, which only its owner
  /// may read.
  func update(_ body: (inout [String: JSONValue]) -> Void) throws(SmartContainersError) {
    do {
      try makeFolder()
      // Two that change it at once must not lose what the other wrote.
      let folder = try FileDescriptor.open(path.removingLastComponent(), .readOnly)
      try folder.closeAfter {
        while flock(folder.rawValue, LOCK_EX) != 0 {
          guard errno == EINTR else { throw Errno(rawValue: errno) }
        }
        var members = try read()
        let before = members
        body(&members)
        if members != before { try replace(with: JSONValue.object(members).bytes(.pretty)) }
      }
    } catch let error as SmartContainersError {
      throw error
    } catch {
      throw SmartContainersError(
        .failed, "\(path) cannot be written: \(error)", hint: "Check its folder's mode and owner.",
        cause: error)
    }
  }

  private func makeFolder() throws {
    let folder = path.removingLastComponent().string
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
  }

  private func replace(with bytes: [UInt8]) throws {
    // The file may be a link to where the user keeps it.
    let target = realPath ?? path.string
    let draft = FilePath("\(target).\(getpid())-\(UInt32.random(in: 0...UInt32.max))")
    do {
      let file = try FileDescriptor.open(
        draft, .writeOnly, options: [.create, .exclusiveCreate], permissions: [.ownerReadWrite])
      try file.closeAfter {
        _ = try file.writeAll(bytes)
        guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
      }
      guard rename(draft.string, target) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      unlink(draft.string)
      throw error
    }
  }

  private var realPath: String? {
    guard let resolved = realpath(path.string, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
