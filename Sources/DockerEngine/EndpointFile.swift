import Canonical
import SystemPackage

/// The small files of Docker's configuration folder.
enum EndpointFile {
  /// The JSON in a file; nil when there is no such file.
  static func read(_ path: FilePath) throws(EndpointError) -> JSONValue? {
    let bytes: [UInt8]
    do {
      bytes = try contents(of: path)
    } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
      return nil
    } catch {
      throw EndpointError(
        .configuration, "'\(path.string)' cannot be read: \(error)", hint: "make it readable")
    }
    do throws(JSONError) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw EndpointError(
        .configuration, "'\(path.string)' is \(error)", hint: "mend or remove it")
    }
  }

  /// Whether there is something at that path; what may not be seen counts as there, so that
  /// opening it says why.
  static func exists(_ path: FilePath) -> Bool {
    do {
      try FileDescriptor.open(path, .readOnly).close()
      return true
    } catch {
      let error = error as? Errno
      return error != .noSuchFileOrDirectory && error != .notDirectory
    }
  }

  private static func contents(of path: FilePath) throws -> [UInt8] {
    let file = try FileDescriptor.open(path, .readOnly)
    return try file.closeAfter {
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 16 << 10)
      while true {
        let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
        if count == 0 { return bytes }
        bytes += chunk.prefix(count)
      }
    }
  }
}
