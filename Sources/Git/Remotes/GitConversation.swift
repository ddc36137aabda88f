import CGit2

/// One conversation with a remote: libgit2 on the one side, a connection on the other.
///
/// libgit2 speaks the protocol, and asks for a "subtransport" to move its bytes. It calls on the
/// thread that called it, and never after that call has returned.
final class GitConversation {
  private let connector: any GitConnector
  private let report: (GitProgress) throws -> Void

  /// What the connection threw, which libgit2 only knows as an error.
  private(set) var failure: (any Error)?

  private var stream: UnsafeMutablePointer<cgit2_stream>?

  /// What the remote says of itself, as far as libgit2 does not tell.
  private var advertisement = GitAdvertisement()

  init(
    over connector: any GitConnector, _ report: @escaping (GitProgress) throws -> Void
  ) {
    self.connector = connector
    self.report = report
  }

  /// Runs `body` with the callbacks that lead to this object.
  func run<Value>(_ body: (git_remote_callbacks) throws -> Value) throws -> Value {
    var callbacks = git_remote_callbacks()
    callbacks.version = UInt32(GIT_REMOTE_CALLBACKS_VERSION)
    callbacks.payload = Unmanaged.passUnretained(self).toOpaque()
    callbacks.transport = { out, remote, payload in
      GitConversation.of(payload).makeTransport(out, remote)
    }
    callbacks.sideband_progress = { text, length, payload in
      let bytes = UnsafeRawBufferPointer(start: text, count: Int(length))
      let text = String(decoding: bytes, as: UTF8.self)
      return GitConversation.of(payload).tell(.remoteProgress(text))
    }
    callbacks.transfer_progress = { progress, payload in
      guard let progress = progress?.pointee else { return 0 }
      return GitConversation.of(payload).tell(progress)
    }
    defer { withExtendedLifetime(self) {} }
    do {
      return try body(callbacks)
    } catch {
      throw failure ?? advertisement.objection ?? error
    }
  }

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> GitConversation {
    guard let pointer else { preconditionFailure("a callback without its payload") }
    return Unmanaged<GitConversation>.fromOpaque(pointer).takeUnretainedValue()
  }

  private func tell(_ progress: GitProgress) -> Int32 {
    attempt { try report(progress) }
  }

  private func tell(_ progress: git_indexer_progress) -> Int32 {
    let isResolving = progress.received_objects == progress.total_objects
    return tell(
      isResolving && progress.total_deltas > 0
        ? .resolving(deltas: Int(progress.indexed_deltas), of: Int(progress.total_deltas))
        : .receiving(
          objects: Int(progress.received_objects), of: Int(progress.total_objects),
          byteCount: Int64(progress.received_bytes)))
  }

  /// Does what may throw, and keeps what was thrown first.
  private func attempt(_ body: () throws -> Void) -> Int32 {
    do {
      try body()
      return 0
    } catch {
      if failure == nil { failure = error }
      git_error_set_str(Int32(GIT_ERROR_NET.rawValue), "the connection failed")
      return GIT_EUSER.rawValue
    }
  }
}

// What libgit2 asks of a subtransport (git2/sys/transport.h).
extension GitConversation {
  private func makeTransport(
    _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_transport>?>?, _ remote: OpaquePointer?
  ) -> Int32 {
    var definition = git_smart_subtransport_definition()
    definition.rpc = connector.isStateless ? 1 : 0
    definition.param = Unmanaged.passUnretained(self).toOpaque()
    definition.callback = { out, _, conversation in
      let subtransport = UnsafeMutablePointer<cgit2_subtransport>.allocate(capacity: 1)
      subtransport.initialize(to: cgit2_subtransport())
      subtransport.pointee.context = conversation
      subtransport.pointee.base.action = { out, subtransport, _, service in
        GitConversation.behind(subtransport).open(service, for: subtransport, out)
      }
      subtransport.pointee.base.close = { subtransport in
        GitConversation.behind(subtransport).hangUp()
        return 0
      }
      subtransport.pointee.base.free = { subtransport in
        UnsafeMutableRawPointer(subtransport)?.deallocate()
      }
      out?.pointee = UnsafeMutableRawPointer(subtransport)
        .assumingMemoryBound(to: git_smart_subtransport.self)
      return 0
    }
    return git_transport_smart(out, remote, &definition)
  }

  private static func behind(
    _ subtransport: UnsafeMutablePointer<git_smart_subtransport>?
  ) -> GitConversation {
    let whole = UnsafeMutableRawPointer(subtransport)?
      .assumingMemoryBound(to: cgit2_subtransport.self)
    return of(whole?.pointee.context)
  }

  /// Connects, or goes on with the connection that a service has for all that it does.
  private func open(
    _ service: git_smart_service_t, for subtransport: UnsafeMutablePointer<git_smart_subtransport>?,
    _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_smart_subtransport_stream>?>?
  ) -> Int32 {
    let isAdvertising =
      service == GIT_SERVICE_UPLOADPACK_LS || service == GIT_SERVICE_RECEIVEPACK_LS
    let isUpload = service == GIT_SERVICE_UPLOADPACK_LS || service == GIT_SERVICE_UPLOADPACK
    return attempt {
      if stream == nil || connector.isStateless {
        let connection = try connector.connect(
          isUpload ? .uploadPack : .receivePack, isAdvertising: isAdvertising)
        stream = Self.makeStream(
          connection, self, of: subtransport, isAdvertising: isAdvertising)
      }
      out?.pointee = UnsafeMutableRawPointer(stream)?
        .assumingMemoryBound(to: git_smart_subtransport_stream.self)
    }
  }

  private func hangUp() { stream = nil }

  /// What a stream has behind it.
  private final class StreamContext {
    let connection: any GitConnection
    unowned let conversation: GitConversation

    /// How many bytes may still come before something is asked; nil once that was done.
    private var room: Int?

    init(_ connection: any GitConnection, _ conversation: GitConversation, isAdvertising: Bool) {
      self.connection = connection
      self.conversation = conversation
      room = isAdvertising ? GitPush.advertisementLimit : nil
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      let count = try connection.read(into: buffer)
      guard let left = room else { return count }
      conversation.advertisement.look(at: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      guard count <= left else {
        throw GitRemoteError(.tooLarge, "the remote has more references than are taken")
      }
      room = left - count
      return count
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
      room = nil
      try connection.write(bytes)
    }
  }

  private static func makeStream(
    _ connection: any GitConnection, _ conversation: GitConversation,
    of subtransport: UnsafeMutablePointer<git_smart_subtransport>?, isAdvertising: Bool
  ) -> UnsafeMutablePointer<cgit2_stream> {
    let stream = UnsafeMutablePointer<cgit2_stream>.allocate(capacity: 1)
    stream.initialize(to: cgit2_stream())
    stream.pointee.context = Unmanaged.passRetained(
      StreamContext(connection, conversation, isAdvertising: isAdvertising)
    ).toOpaque()
    stream.pointee.base.subtransport = subtransport
    stream.pointee.base.read = { stream, buffer, size, count in
      let context = GitConversation.context(of: stream)
      return context.conversation.attempt {
        let room = UnsafeMutableRawBufferPointer(start: buffer, count: size)
        count?.pointee = try context.read(into: room)
      }
    }
    stream.pointee.base.write = { stream, bytes, length in
      let context = GitConversation.context(of: stream)
      return context.conversation.attempt {
        try context.write(UnsafeRawBufferPointer(start: bytes, count: length))
      }
    }
    stream.pointee.base.free = { stream in
      GitConversation.release(stream)
    }
    return stream
  }

  private static func context(
    of stream: UnsafeMutablePointer<git_smart_subtransport_stream>?
  ) -> StreamContext {
    let whole = UnsafeMutableRawPointer(stream)?.assumingMemoryBound(to: cgit2_stream.self)
    guard let context = whole?.pointee.context else {
      preconditionFailure("a stream without its context")
    }
    return Unmanaged<StreamContext>.fromOpaque(context).takeUnretainedValue()
  }

  private static func release(_ stream: UnsafeMutablePointer<git_smart_subtransport_stream>?) {
    let context = context(of: stream)
    context.connection.close()
    context.conversation.hangUp()
    Unmanaged.passUnretained(context).release()
    UnsafeMutableRawPointer(stream)?.deallocate()
  }
}
