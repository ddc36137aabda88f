import Glibc
import SystemPackage

/// Reads what the records say of the machine that `sc` runs on.
///
/// Source: uname(2), sysconf(3), os-release(5), proc(5).
enum HostReader {
  /// What uname(2) says.
  struct Kernel {
    let hostname: String
    let release: String
    let machine: String
  }

  static func kernel() -> Kernel {
    var name = utsname()
    uname(&name)
    return Kernel(
      hostname: text(of: name.nodename), release: text(of: name.release),
      machine: text(of: name.machine))
  }

  /// The text of a fixed C array of characters, up to its zero.
  private static func text<Characters>(of characters: Characters) -> String {
    withUnsafeBytes(of: characters) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// The distribution's own name for itself: `Debian GNU/Linux 12 (bookworm)`.
  static func operatingSystem(from file: String = "/etc/os-release") -> String {
    let lines = (try? TextFile.read(FilePath(file)))?.utf8.split(separator: 0x0A) ?? []
    let name = "PRETTY_NAME=".utf8
    guard let line = lines.first(where: { $0.starts(with: name) }) else { return "Linux" }
    return String(decoding: line.dropFirst(name.count).filter { $0 != 0x22 }, as: UTF8.self)
  }

  /// Processors that are on line.
  static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// The machine's memory in bytes.
  static var memoryInBytes: Int64 {
    Int64(sysconf(Int32(_SC_PHYS_PAGES))) * Int64(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// The login name of the user that `sc` runs as; the number where it has none.
  static var userName: String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else {
      return String(getuid())
    }
    return String(cString: name)
  }
}
