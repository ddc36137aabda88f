import Glibc
import SystemPackage

/// What the records say of the machine that `sc` runs on, and of its user.
///
/// Source: uname(2), sysconf(3), os-release(5), getpwuid(3).
public struct Machine: Sendable {
  public let hostname: String
  public let kernelVersion: String

  /// `x86_64`, `aarch64`.
  public let architecture: String

  /// The distribution's own name for itself: `Debian GNU/Linux 12 (bookworm)`.
  public let operatingSystem: String

  /// Processors that are on line.
  public let coreCount: Int
  public let memoryInBytes: Int64

  /// The login name of the user that `sc` runs as; the number where it has none.
  public let userName: String

  /// - Parameter release: the file of os-release(5).
  public init(release: FilePath = "/etc/os-release") {
    var name = utsname()
    uname(&name)
    hostname = Self.text(of: name.nodename)
    kernelVersion = Self.text(of: name.release)
    architecture = Self.text(of: name.machine)
    operatingSystem = Self.operatingSystem(from: release)
    coreCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    memoryInBytes = Int64(sysconf(Int32(_SC_PHYS_PAGES))) * Int64(sysconf(Int32(_SC_PAGESIZE)))
    userName = Self.currentUserName()
  }

  /// The text of a fixed C array of characters, up to its zero.
  private static func text<Characters>(of characters: Characters) -> String {
    withUnsafeBytes(of: characters) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private static func operatingSystem(from file: FilePath) -> String {
    let lines = (try? TextFile.read(file))?.utf8.split(separator: 0x0A) ?? []
    let name = "PRETTY_NAME=".utf8
    guard let line = lines.first(where: { $0.starts(with: name) }) else { return "Linux" }
    return String(decoding: line.dropFirst(name.count).filter { $0 != 0x22 }, as: UTF8.self)
  }

  private static func currentUserName() -> String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else {
      return String(getuid())
    }
    return String(cString: name)
  }
}
