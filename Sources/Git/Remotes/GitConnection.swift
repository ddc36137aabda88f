/// What a remote is asked to do (gitprotocol-pack(5)).
package enum GitService: String, Sendable {
  /// Gives objects.
  case uploadPack = "git-upload-pack"

  /// Takes objects.
  case receivePack = "git-receive-pack"
}

/// The bytes of git's pack protocol on their way to a remote and back.
///
/// Its functions block. What they throw ends the conversation, and comes out of it.
package protocol GitConnection: AnyObject {
  /// Waits for bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int

  /// Sends all of the bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws

  /// Ends the connection; it is not used any more.
  func close()
}

/// Connects to one remote.
package protocol GitConnector {
  /// Whether each request has a connection of its own, as over HTTP.
  var isStateless: Bool { get }

  /// Connects.
  ///
  /// - Parameter isAdvertising: whether the remote is asked for its references; else, for a
  ///   stateless one, for what the service does.
  func connect(_ service: GitService, isAdvertising: Bool) throws -> any GitConnection
}

/// How far a conversation with a remote has come.
package enum GitProgress: Sendable, Equatable {
  /// The words of a remote that is pushed to, its hooks' among them, as they came.
  case remoteText(String)

  /// What a remote says of its own progress while it is fetched from.
  case remoteProgress(String)

  case receiving(objects: Int, of: Int, byteCount: Int64)

  /// Objects that were sent as a difference are put together.
  case resolving(deltas: Int, of: Int)
  case sending(byteCount: Int64)
}

/// A reference that a remote has.
package struct GitRemoteHead: Sendable, Equatable {
  package let name: String
  package let id: GitObjectID

  package init(name: String, id: GitObjectID) {
    self.name = name
    self.id = id
  }
}
