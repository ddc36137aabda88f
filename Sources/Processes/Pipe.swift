import Glibc
import SystemPackage

/// Pipes between this process and others.
package enum Pipe {
  /// Linux's F_SETPIPE_SZ, which glibc hides from strict C and so from Swift (fcntl(2)).
  private static let setSize: Int32 = 1031

  /// A pipe for much, which holds more than the usual 64 KiB where the system lets it: whoever writes
  /// waits less often.
  package static func large() throws -> (readEnd: FileDescriptor, writeEnd: FileDescriptor) {
    let pipe = try FileDescriptor.pipe(options: .closeOnExec)
    _ = fcntl(pipe.writeEnd.rawValue, setSize, Int32(1 << 20))
    return pipe
  }
}
