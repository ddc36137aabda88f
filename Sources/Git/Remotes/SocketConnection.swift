import Glibc
import SystemPackage

/// A connection over TCP, as git's own protocol has it (gitprotocol-pack(5), "Git Transport").
final class SocketConnection: GitConnection {
  private let connection: DescriptorConnection
  private var isClosed = false

  init(host: String, port: Int, _ patience: DescriptorConnection.Patience) throws {
    let socket = try Self.connect(host, port, patience)
    connection = DescriptorConnection(input: socket, output: socket, complaints: nil, patience)
  }

  deinit { close() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try connection.read(into: buffer)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws { try connection.write(bytes) }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    connection.close()
  }

  /// Tries the addresses of a host, one after the other.
  private static func connect(
    _ host: String, _ port: Int, _ patience: DescriptorConnection.Patience
  ) throws -> FileDescriptor {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &found)
    guard code == 0 else {
      throw GitRemoteError(
        .unreachable, "the host \(host) is not known", said: String(cString: gai_strerror(code)))
    }
    defer { freeaddrinfo(found) }
    var reason = Errno.connectionRefused
    var next = found
    while let address = next {
      let file = socket(
        address.pointee.ai_family,
        address.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue),
        address.pointee.ai_protocol)
      if file >= 0 {
        do {
          try open(file, address.pointee, patience)
          return FileDescriptor(rawValue: file)
        } catch let error as Errno {
          reason = error
          Glibc.close(file)
        } catch {
          Glibc.close(file)
          throw error
        }
      }
      next = address.pointee.ai_next
    }
    throw GitRemoteError(.unreachable, "\(host), port \(port), cannot be reached: \(reason)")
  }

  /// - Throws: `Errno` where another address may do better.
  private static func open(
    _ file: Int32, _ address: addrinfo, _ patience: DescriptorConnection.Patience
  ) throws {
    if Glibc.connect(file, address.ai_addr, address.ai_addrlen) == 0 { return }
    guard errno == EINPROGRESS else { throw Errno(rawValue: errno) }
    let deadline = ContinuousClock.now + min(patience.limit, .seconds(30))
    while true {
      guard !patience.isCancelled() else { throw GitRemoteError(.cancelled, "interrupted") }
      guard ContinuousClock.now < deadline else { throw Errno.timedOut }
      var list = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
      let interval = Int32(DescriptorConnection.Patience.interval / .milliseconds(1))
      guard poll(&list, 1, interval) > 0 else { continue }
      var code: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      getsockopt(file, SOL_SOCKET, SO_ERROR, &code, &size)
      guard code == 0 else { throw Errno(rawValue: code) }
      return
    }
  }
}
