import Glibc
import Processes
import SystemPackage

/// A connection over open files: a socket, or the pipes of a program.
///
/// Neither side waits for the other for ever: what comes while we still write is kept, and a
/// silence that is too long ends it.
final class DescriptorConnection {
  /// How long the other side may be silent, and who wants to stop.
  struct Patience {
    var limit: Duration
    var isCancelled: () -> Bool

    /// How often the user is looked after.
    static let interval = Duration.milliseconds(100)
  }

  private let input: FileDescriptor
  private let output: FileDescriptor

  /// Where a program complains; nil where there is no such thing.
  private let complaints: FileDescriptor?
  private let patience: Patience

  /// What came while we wrote.
  private var early: [UInt8] = []
  private var hasEnded = false

  /// Whether the other side has said something that was not read yet.
  var hasUnread: Bool { !early.isEmpty }
  private var areComplaintsOver: Bool

  /// The end of what the program has complained of.
  private(set) var complaint: [UInt8] = []
  private static let complaintLimit = 16 << 10
  private static let earlyLimit = 64 << 20

  /// Takes over the open files, which may be one and the same.
  init(
    input: FileDescriptor, output: FileDescriptor, complaints: FileDescriptor?,
    _ patience: Patience
  ) {
    self.input = input
    self.output = output
    self.complaints = complaints
    self.patience = patience
    areComplaintsOver = complaints == nil
    for file in [input, output] + (complaints.map { [$0] } ?? []) {
      let flags = fcntl(file.rawValue, F_GETFL)
      _ = fcntl(file.rawValue, F_SETFL, flags | O_NONBLOCK)
    }
  }

  /// Waits for bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if !early.isEmpty {
      let count = min(buffer.count, early.count)
      buffer.copyBytes(from: early.prefix(count))
      early.removeFirst(count)
      return count
    }
    while !hasEnded {
      let ready = try wait(forWriting: false)
      if ready.canRead, let count = try take(into: buffer) { return count }
    }
    return 0
  }

  /// Sends all of the bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let ready = try wait(forWriting: true)
      if ready.canRead { try keepEarly() }
      guard ready.canWrite else { continue }
      let (count, reason) = BrokenPipe.asError {
        let count = Glibc.write(
          output.rawValue, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        return (count, errno)
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if ![EAGAIN, EINTR].contains(reason) {
        throw GitRemoteError(.cutShort, "the remote hung up: \(Errno(rawValue: reason))")
      }
    }
  }

  /// Ends both directions.
  func close() {
    Glibc.close(output.rawValue)
    if input != output { Glibc.close(input.rawValue) }
  }

  /// Reads what a program still has to complain of, once it has ended.
  func closeComplaints() {
    guard let complaints else { return }
    while !areComplaintsOver, keepComplaints() {}
    Glibc.close(complaints.rawValue)
  }

  /// Waits until something can be done.
  private func wait(forWriting: Bool) throws -> (canRead: Bool, canWrite: Bool) {
    let deadline = ContinuousClock.now + patience.limit
    while true {
      guard !patience.isCancelled() else {
        throw GitRemoteError(.cancelled, "interrupted")
      }
      guard ContinuousClock.now < deadline else {
        throw GitRemoteError(
          .silent, "the remote was silent for \(patience.limit.components.seconds) seconds")
      }
      var list = [
        pollfd(
          fd: hasEnded ? -1 : input.rawValue, events: Int16(POLLIN), revents: 0),
        pollfd(
          fd: forWriting ? output.rawValue : -1, events: Int16(POLLOUT), revents: 0),
        pollfd(
          fd: areComplaintsOver ? -1 : complaints?.rawValue ?? -1, events: Int16(POLLIN),
          revents: 0),
      ]
      let interval = Int32(Patience.interval / .milliseconds(1))
      guard poll(&list, nfds_t(list.count), interval) > 0 else { continue }
      if list[2].revents != 0 { _ = keepComplaints() }
      if list[0].revents != 0 || list[1].revents != 0 {
        return (list[0].revents != 0, list[1].revents != 0)
      }
    }
  }

  /// - Returns: nil when there is nothing yet.
  private func take(into buffer: UnsafeMutableRawBufferPointer) throws -> Int? {
    let count = Glibc.read(input.rawValue, buffer.baseAddress, buffer.count)
    if count == 0 { hasEnded = true }
    if count >= 0 { return count }
    guard [EAGAIN, EINTR].contains(errno) else {
      throw GitRemoteError(.cutShort, "the remote hung up: \(Errno(rawValue: errno))")
    }
    return nil
  }

  private func keepEarly() throws {
    try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { room in
      guard let count = try take(into: room) else { return }
      early += room[..<count]
    }
    guard early.count <= Self.earlyLimit else {
      throw GitRemoteError(.tooLarge, "the remote sends and does not listen")
    }
  }

  /// - Returns: whether there may be more.
  private func keepComplaints() -> Bool {
    guard let complaints else { return false }
    return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { room in
      let count = Glibc.read(complaints.rawValue, room.baseAddress, room.count)
      guard count > 0 else {
        if count == 0 || ![EAGAIN, EINTR].contains(errno) { areComplaintsOver = true }
        return false
      }
      complaint += room[..<count]
      complaint.removeFirst(max(0, complaint.count - Self.complaintLimit))
      return true
    }
  }
}
