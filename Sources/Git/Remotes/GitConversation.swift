import CGit2

/// One conversation with a remote: libgit2 on the one side, a connection on the other.
///
/// libgit2 speaks the protocol, and asks for a "subtransport" to move its bytes. It calls on the
/// thread that called it, and never after that call has returned.
final class GitConversation {
  private let connector: any GitConnector
  private let report: (GitProgress) throws -> Void
  private let isPushing: Bool

  /// What the connection threw, which libgit2 only knows as an error.
  private(set) var failure: (any Error)?

  /// What the remote said of each reference that was to be pushed; nil where it took it.
  var verdicts: [String: String?] = [:]

  private var stream: UnsafeMutablePointer<cgit2_stream>?

  init(
    over connector: any GitConnector, isPushing: Bool = false,
    _ report: @escaping (GitProgress) throws -> Void
  ) {
    self.connector = connector
    self.isPushing = isPushing
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
      let conversation = GitConversation.of(payload)
      return conversation.tell(
        conversation.isPushing ? .remoteText(text) : .remoteProgress(text))
    }
    callbacks.transfer_progress = { progress, payload in
      guard let progress = progress?.pointee else { return 0 }
      return GitConversation.of(payload).tell(progress)
    }
    callbacks.pack_progress = { stage, current, total, payload in
      let isCounting = stage == GIT_PACKBUILDER_ADDING_OBJECTS.rawValue
      return GitConversation.of(payload).tell(
        isCounting
          ? .counting(objects: Int(current))
          : .compressing(objects: Int(current), of: Int(total)))
    }
    callbacks.push_transfer_progress = { current, total, bytes, payload in
      GitConversation.of(payload).tell(
        .sending(objects: Int(current), of: Int(total), byteCount: Int64(bytes)))
    }
    callbacks.push_update_reference = { name, status, payload in
      guard let name else { return 0 }
      GitConversation.of(payload).verdicts[String(cString: name)] = .some(
        status.map { String(cString: $0) })
      return 0
    }
    defer { withExtendedLifetime(self) {} }
    do {
      return try body(callbacks)
    } catch {
      throw failure ?? error
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
        stream = Self.makeStream(connection, self, of: subtransport)
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

    init(_ connection: any GitConnection, _ conversation: GitConversation) {
      self.connection = connection
      self.conversation = conversation
    }
  }

  private static func makeStream(
    _ connection: any GitConnection, _ conversation: GitConversation,
    of subtransport: UnsafeMutablePointer<git_smart_subtransport>?
  ) -> UnsafeMutablePointer<cgit2_stream> {
    let stream = UnsafeMutablePointer<cgit2_stream>.allocate(capacity: 1)
    stream.initialize(to: cgit2_stream())
    stream.pointee.context = Unmanaged.passRetained(StreamContext(connection, conversation))
      .toOpaque()
    stream.pointee.base.subtransport = subtransport
    stream.pointee.base.read = { stream, buffer, size, count in
      let context = GitConversation.context(of: stream)
      return context.conversation.attempt {
        let room = UnsafeMutableRawBufferPointer(start: buffer, count: size)
        count?.pointee = try context.connection.read(into: room)
      }
    }
    stream.pointee.base.write = { stream, bytes, length in
      let context = GitConversation.context(of: stream)
      return context.conversation.attempt {
        try context.connection.write(UnsafeRawBufferPointer(start: bytes, count: length))
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
